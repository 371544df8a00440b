import Builtin

/// A piece of work that runs beside the others.
@frozen public struct Task<Success: Sendable, Failure: Error>: Sendable {
    @usableFromInline let task: Builtin.NativeObject

    init(_ task: Builtin.NativeObject) { self.task = task }
}

public struct TaskPriority: RawRepresentable, Sendable, Equatable, Hashable, Comparable {
    public typealias RawValue = UInt8
    public var rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public init?(_ priority: JobPriority) {
        guard priority.rawValue != 0 else { return nil }
        rawValue = priority.rawValue
    }

    public static var high: TaskPriority { TaskPriority(rawValue: 25) }
    public static var medium: TaskPriority { TaskPriority(rawValue: 21) }
    public static var low: TaskPriority { TaskPriority(rawValue: 17) }
    public static var background: TaskPriority { TaskPriority(rawValue: 9) }
    public static var userInteractive: TaskPriority { TaskPriority(rawValue: 33) }
    public static var userInitiated: TaskPriority { high }
    public static var utility: TaskPriority { low }

    public static func < (left: TaskPriority, right: TaskPriority) -> Bool { left.rawValue < right.rawValue }
}

/// That a task was cancelled.
public struct CancellationError: Error {
    // The compiler for 32-bit x86 cannot throw an error of no size by its type.
    private let size: UInt8 = 0

    public init() {}
}

// How a task is made: c/tasks.h.
func taskFlags(_ priority: TaskPriority?, _ flags: Int) -> Int { Int(priority?.rawValue ?? 0) | flags }
/// Inherits, is enqueued.
var plainFlags: Int { 0x1C00 }
var detachedFlags: Int { 0x1000 }
var immediateFlags: Int { 0xC00 }

/// The name of a task for Builtin.createTask while the function runs.
func withName<Result>(_ name: String?, _ body: (Builtin.RawPointer?) -> Result) -> Result {
    guard var name else { return body(nil) }
    return name.withUTF8 { bytes in
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 1) { copy in
            _ = unsafe copy.initialize(from: bytes)
            unsafe copy.initializeElement(at: bytes.count, to: 0)
            return body(copy.baseAddress?._rawValue)
        }
    }
}

extension Task where Failure == Never {
    /// Starts a task that inherits the priority and the actor of the caller.
    @discardableResult
    public init(
        name: String? = nil, priority: TaskPriority? = nil,
        @_inheritActorContext @_implicitSelfCapture operation: sending @escaping @isolated(any) () async -> Success
    ) {
        let flags = taskFlags(priority, plainFlags)
        task = withName(name) { Builtin.createTask(flags: flags, taskName: $0, operation: operation).0 }
    }

    /// Starts a task that inherits nothing.
    @discardableResult
    public static func detached(
        name: String? = nil, priority: TaskPriority? = nil,
        operation: sending @escaping @isolated(any) () async -> Success
    ) -> Task<Success, Never> {
        let flags = taskFlags(priority, detachedFlags)
        return Task(withName(name) { Builtin.createTask(flags: flags, taskName: $0, operation: operation).0 })
    }

    /// Starts a task that runs at once, until it waits for something.
    @discardableResult
    public static func immediate(
        name: String? = nil, priority: TaskPriority? = nil,
        @_inheritActorContext @_implicitSelfCapture operation: sending @escaping @isolated(any) () async -> Success
    ) -> Task<Success, Never> {
        let flags = taskFlags(priority, immediateFlags)
        let task = withName(name) { Builtin.createTask(flags: flags, taskName: $0, operation: operation).0 }
        startImmediately(task, nil)
        return Task(task)
    }

    /// What the task returns, when it has.
    public var value: Success {
        get async { await futureValue(task) }
    }

    public var result: Result<Success, Never> {
        get async { .success(await value) }
    }
}

extension Task {
    /// Tells the task that its work is not needed any more; it asks whether that is so.
    public func cancel() { cancelTask(task) }
    public var isCancelled: Bool { taskIsCancelled(task) }

    /// Raises the priority.
    public func escalatePriority(to priority: TaskPriority) { _ = escalateTask(task, priority.rawValue) }
}

extension Task: Equatable {
    public static func == (left: Task, right: Task) -> Bool {
        unsafe unsafeBitCast(left.task, to: UInt.self) == unsafeBitCast(right.task, to: UInt.self)
    }
}

extension Task: Hashable {
    public func hash(into hasher: inout Hasher) { unsafe hasher.combine(unsafeBitCast(task, to: UInt.self)) }
}

// The task that runs.
extension Task where Success == Never, Failure == Never {
    public static var isCancelled: Bool { unsafe withUnsafeCurrentTask { unsafe $0?.isCancelled ?? false } }

    public static func checkCancellation() throws(CancellationError) {
        if isCancelled { throw CancellationError() }
    }

    public static var currentPriority: TaskPriority {
        unsafe withUnsafeCurrentTask { unsafe $0?.priority ?? .high }
    }

    public static var basePriority: TaskPriority? { unsafe withUnsafeCurrentTask { unsafe $0?.basePriority } }

    public static var name: String? {
        guard let name = unsafe currentTaskName() else { return nil }
        return unsafe String(cString: name)
    }

    /// Lets others run.
    public static func yield() async {
        await withUnsafeContinuation(isolation: nil) { (continuation: UnsafeContinuation<Void, Never>) in
            _enqueueJobGlobal(jobThatResumes(Int(currentPriority.rawValue), continuation.context))
        }
    }
}

/// The task that runs, while the function does.
@unsafe public struct UnsafeCurrentTask {
    let task: Builtin.NativeObject

    public var isCancelled: Bool { taskIsCancelled(task) }
    public var priority: TaskPriority { TaskPriority(rawValue: taskPriority(task)) }
    public var basePriority: TaskPriority { TaskPriority(rawValue: taskBasePriority(task)) }
    public func cancel() { cancelTask(task) }
    public func escalatePriority(to priority: TaskPriority) { _ = escalateTask(task, priority.rawValue) }
}

@available(*, unavailable)
extension UnsafeCurrentTask: Sendable {}

extension UnsafeCurrentTask: Equatable {
    public static func == (left: UnsafeCurrentTask, right: UnsafeCurrentTask) -> Bool {
        unsafe unsafeBitCast(left.task, to: UInt.self) == unsafeBitCast(right.task, to: UInt.self)
    }
}

@unsafe public func withUnsafeCurrentTask<T>(body: (UnsafeCurrentTask?) throws -> T) rethrows -> T {
    guard let task = currentTask() else { return try body(nil) }
    // It comes without a reference of its own, and goes with one.
    Builtin.retain(task)
    return try body(UnsafeCurrentTask(task: task))
}

/// Calls the handler at once when the task is cancelled while the operation runs, or has been before.
public func withTaskCancellationHandler<T>(
    operation: () async throws -> T, onCancel handler: @Sendable () -> Void,
    isolation: isolated (any Actor)? = #isolation
) async rethrows -> T {
    let record = unsafe Builtin.taskAddCancellationHandler(handler: handler)
    defer { unsafe Builtin.taskRemoveCancellationHandler(record: record) }
    return try await operation()
}

/// Calls the handler when the priority of the task is raised while the operation runs.
public nonisolated(nonsending) func withTaskPriorityEscalationHandler<T, E: Error>(
    operation: nonisolated(nonsending) () async throws(E) -> T,
    onPriorityEscalated handler: @Sendable (TaskPriority, TaskPriority) -> Void
) async throws(E) -> T {
    let record = unsafe Builtin.taskAddPriorityEscalationHandler { (from: UInt8, to: UInt8) in
        handler(TaskPriority(rawValue: from), TaskPriority(rawValue: to))
    }
    defer { unsafe Builtin.taskRemovePriorityEscalationHandler(record: record) }
    return try await operation()
}

@_silgen_name("swift_task_getCurrent")
func currentTask() -> Builtin.NativeObject?
@_silgen_name("swift_task_immediate")
func startImmediately(_ task: Builtin.NativeObject, _ executor: Builtin.Executor?)
@_silgen_name("swift_task_cancel")
func cancelTask(_ task: Builtin.NativeObject)
@_silgen_name("swift_task_isCancelled")
func taskIsCancelled(_ task: Builtin.NativeObject) -> Bool
@_silgen_name("swift_task_currentPriority")
func taskPriority(_ task: Builtin.NativeObject) -> UInt8
@_silgen_name("swift_task_basePriority")
func taskBasePriority(_ task: Builtin.NativeObject) -> UInt8
@_silgen_name("swift_task_escalate")
func escalateTask(_ task: Builtin.NativeObject, _ priority: UInt8) -> UInt8
@_silgen_name("swift_task_getCurrentTaskName")
func currentTaskName() -> UnsafePointer<CChar>?
@_silgen_name("swift_task_createNullaryContinuationJob")
func jobThatResumes(_ priority: Int, _ continuation: Builtin.RawUnsafeContinuation) -> Builtin.Job
@_silgen_name("swift_task_future_wait")
func futureValue<T>(_ task: Builtin.NativeObject) async -> T

// async let, by the names that the compiler calls.

@_silgen_name("swift_asyncLet_get")
public func _asyncLet_get(_ asyncLet: Builtin.RawPointer, _ buffer: Builtin.RawPointer) async
@_silgen_name("swift_asyncLet_get_throwing")
public func _asyncLet_get_throwing(_ asyncLet: Builtin.RawPointer, _ buffer: Builtin.RawPointer) async throws
@_silgen_name("swift_asyncLet_finish")
public func _asyncLet_finish(_ asyncLet: Builtin.RawPointer, _ buffer: Builtin.RawPointer) async

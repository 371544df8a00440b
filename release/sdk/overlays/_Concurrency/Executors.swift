// Concurrency for 32-bit machines: the toolchain has this module for one 64-bit machine alone, whose words are others'.
// It has the same interface, as far as Embedded Swift has use for it; c/tasks.h tells what runs it.
import Builtin

/// What protects its state: one task at a time runs in it.
public protocol Actor: AnyObject, Sendable {
    nonisolated var unownedExecutor: UnownedSerialExecutor { get }
}

public typealias AnyActor = AnyObject & Sendable

/// What runs jobs. Embedded Swift has those of the system alone.
public protocol Executor: AnyObject, Sendable {
    func enqueue(_ job: consuming ExecutorJob)
}

public protocol SerialExecutor: Executor {
    func asUnownedSerialExecutor() -> UnownedSerialExecutor
}

public protocol TaskExecutor: Executor {
    func asUnownedTaskExecutor() -> UnownedTaskExecutor
}

@frozen public struct UnownedSerialExecutor: Sendable {
    @usableFromInline var executor: Builtin.Executor

    public init(_ executor: Builtin.Executor) { self.executor = executor }

    public init<E: SerialExecutor>(ordinary executor: __shared E) {
        self.executor = Builtin.buildOrdinarySerialExecutorRef(executor)
    }
}

@frozen public struct UnownedTaskExecutor: Sendable {
    @usableFromInline var executor: Builtin.Executor

    public init(_ executor: Builtin.Executor) { self.executor = executor }
}

@frozen public struct JobPriority: Sendable, Equatable, Comparable {
    public typealias RawValue = UInt8
    public var rawValue: RawValue

    public init(rawValue: RawValue) { self.rawValue = rawValue }
    public init(_ priority: TaskPriority) { rawValue = priority.rawValue }

    public static func < (left: JobPriority, right: JobPriority) -> Bool { left.rawValue < right.rawValue }
}

/// A part of a task that an executor runs.
@frozen public struct UnownedJob: Sendable {
    @usableFromInline let context: Builtin.Job

    public init(context: Builtin.Job) { self.context = context }
    public init(_ job: __owned ExecutorJob) { context = job.context }
}

@frozen public struct ExecutorJob: Sendable, ~Copyable {
    @usableFromInline let context: Builtin.Job

    public init(_ job: UnownedJob) { context = job.context }
}

/// An actor that is the same one everywhere, by the type's name as an attribute.
public protocol GlobalActor {
    associatedtype ActorType: Actor
    static var shared: ActorType { get }
    static var sharedUnownedExecutor: UnownedSerialExecutor { get }
}

extension GlobalActor {
    public static var sharedUnownedExecutor: UnownedSerialExecutor { shared.unownedExecutor }
}

/// The actor that the caller runs in.
@freestanding(expression)
public macro isolation<T>() -> T = Builtin.IsolationMacro

// What the compiler calls by these names.

@_silgen_name("swift_job_run")
public func _swiftJobRun(_ job: UnownedJob, _ executor: UnownedSerialExecutor)

@_silgen_name("swift_task_asyncMainDrainQueue")
public func _asyncMainDrainQueue() -> Never

@_silgen_name("swift_task_getMainExecutor")
public func _getMainExecutor() -> Builtin.Executor

@_silgen_name("swift_task_enqueueGlobal")
public func _enqueueJobGlobal(_ job: Builtin.Job)

@_silgen_name("swift_task_isCurrentExecutor")
public func _taskIsCurrentExecutor(_ executor: Builtin.Executor) -> Bool

@_silgen_name("swift_task_reportUnexpectedExecutor")
public func _reportUnexpectedExecutor(
    _ file: Builtin.RawPointer, _ length: Builtin.Word, _ isASCII: Builtin.Int1, _ line: Builtin.Word,
    _ executor: Builtin.Executor)

public func _checkExpectedExecutor(
    _filenameStart: Builtin.RawPointer, _filenameLength: Builtin.Word, _filenameIsASCII: Builtin.Int1,
    _line: Builtin.Word, _executor: Builtin.Executor
) {
    if _taskIsCurrentExecutor(_executor) { return }
    _reportUnexpectedExecutor(_filenameStart, _filenameLength, _filenameIsASCII, _line, _executor)
}

/// What makes the executors of a program: nothing, they are the system's.
public protocol ExecutorFactory {}
public struct PlatformExecutorFactory: ExecutorFactory {}
public func _createExecutors<F: ExecutorFactory>(factory: F.Type) {}

@_silgen_name("swift_task_deinitOnExecutor")
public func _deinitOnExecutor(
    _ object: __owned AnyObject, _ work: @convention(thin) (__owned AnyObject) -> Void, _ executor: Builtin.Executor,
    _ flags: Builtin.Word)

import Builtin

/// Tasks that end before the group does, and what they return.
@frozen public struct TaskGroup<ChildTaskResult: Sendable> {
    let group: Builtin.RawPointer
}

/// Tasks that end before the group does.
@frozen public struct DiscardingTaskGroup {
    let group: Builtin.RawPointer
}

@available(*, unavailable)
extension TaskGroup: Sendable {}
@available(*, unavailable)
extension DiscardingTaskGroup: Sendable {}

/// Starts a group, and waits for all its tasks when the function has ended.
public func withTaskGroup<ChildTaskResult: Sendable, GroupResult>(
    of childTaskResultType: ChildTaskResult.Type = ChildTaskResult.self,
    returning returnType: GroupResult.Type = GroupResult.self, isolation: isolated (any Actor)? = #isolation,
    body: (inout TaskGroup<ChildTaskResult>) async -> GroupResult
) async -> GroupResult {
    let pointer = Builtin.createTaskGroup(ChildTaskResult.self)
    var group = TaskGroup<ChildTaskResult>(group: pointer)
    let result = await body(&group)
    await group.waitForAll(isolation: isolation)
    Builtin.destroyTaskGroup(pointer)
    return result
}

public func withDiscardingTaskGroup<GroupResult>(
    returning returnType: GroupResult.Type = GroupResult.self, isolation: isolated (any Actor)? = #isolation,
    body: (inout DiscardingTaskGroup) async -> GroupResult
) async -> GroupResult {
    let pointer = Builtin.createTaskGroupWithFlags(0x100, Void.self)
    var group = DiscardingTaskGroup(group: pointer)
    let result = await body(&group)
    await endAll(pointer, Void.self)
    Builtin.destroyTaskGroup(pointer)
    return result
}

/// Starts a task of a group: a child; pending.
private var childFlags: Int { 0x3100 }
private var countedChildFlags: Int { 0x1100 }

extension TaskGroup {
    public mutating func addTask(
        name: String? = nil, priority: TaskPriority? = nil,
        operation: sending @escaping @isolated(any) () async -> ChildTaskResult
    ) {
        let flags = taskFlags(priority, childFlags)
        withName(name) { _ = Builtin.createTask(flags: flags, taskGroup: group, taskName: $0, operation: operation) }
    }

    /// Starts a task unless the group has been cancelled; tells whether it has started.
    public mutating func addTaskUnlessCancelled(
        name: String? = nil, priority: TaskPriority? = nil,
        operation: sending @escaping @isolated(any) () async -> ChildTaskResult
    ) -> Bool {
        guard addPending(group, false) else { return false }
        let flags = taskFlags(priority, countedChildFlags)
        withName(name) { _ = Builtin.createTask(flags: flags, taskGroup: group, taskName: $0, operation: operation) }
        return true
    }

    /// What the next task that ends returns, or nil when there is none.
    public mutating func next(isolation: isolated (any Actor)? = #isolation) async -> ChildTaskResult? {
        await nextValue(group)
    }

    public mutating func waitForAll(isolation: isolated (any Actor)? = #isolation) async {
        await endAll(group, ChildTaskResult.self)
    }

    public var isEmpty: Bool { groupIsEmpty(group) }
    public var isCancelled: Bool { groupIsCancelled(group) }
    public func cancelAll() { cancelGroup(group) }
}

extension TaskGroup: AsyncSequence {
    public typealias Element = ChildTaskResult
    public typealias Failure = Never

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = ChildTaskResult
        public typealias Failure = Never
        var group: TaskGroup
        var hasEnded = false

        public mutating func next() async -> ChildTaskResult? { await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> ChildTaskResult? {
            guard !hasEnded else { return nil }
            let value = await group.next(isolation: actor)
            hasEnded = value == nil
            return value
        }

        public mutating func cancel() {
            hasEnded = true
            group.cancelAll()
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(group: self) }
}

extension DiscardingTaskGroup {
    public mutating func addTask(
        name: String? = nil, priority: TaskPriority? = nil,
        operation: sending @escaping @isolated(any) () async -> Void
    ) {
        let flags = taskFlags(priority, childFlags | 0x4000)
        withName(name) {
            _ = Builtin.createDiscardingTask(flags: flags, taskGroup: group, taskName: $0, operation: operation)
        }
    }

    public mutating func addTaskUnlessCancelled(
        name: String? = nil, priority: TaskPriority? = nil,
        operation: sending @escaping @isolated(any) () async -> Void
    ) -> Bool {
        guard addPending(group, false) else { return false }
        let flags = taskFlags(priority, countedChildFlags | 0x4000)
        withName(name) {
            _ = Builtin.createDiscardingTask(flags: flags, taskGroup: group, taskName: $0, operation: operation)
        }
        return true
    }

    public var isEmpty: Bool { groupIsEmpty(group) }
    public var isCancelled: Bool { groupIsCancelled(group) }
    public func cancelAll() { cancelGroup(group) }
}

// They are declared to throw, since one function serves all groups; in Embedded Swift no task does.
private func nextValue<T>(_ group: Builtin.RawPointer) async -> T? {
    // swift-format-ignore: NeverUseForceTry
    try! await waitForNext(group)
}

private func endAll<T>(_ group: Builtin.RawPointer, _ type: T.Type) async {
    // swift-format-ignore: NeverUseForceTry
    let _: T? = try! await waitForAll(group, nil)
}

@_silgen_name("swift_taskGroup_wait_next_throwing")
func waitForNext<T>(_ group: Builtin.RawPointer) async throws -> T?
@_silgen_name("swift_taskGroup_waitAll")
func waitForAll<T>(_ group: Builtin.RawPointer, _ error: (any Error)?) async throws -> T?
@_silgen_name("swift_taskGroup_addPending")
func addPending(_ group: Builtin.RawPointer, _ unconditionally: Bool) -> Bool
@_silgen_name("swift_taskGroup_isEmpty")
func groupIsEmpty(_ group: Builtin.RawPointer) -> Bool
@_silgen_name("swift_taskGroup_isCancelled")
func groupIsCancelled(_ group: Builtin.RawPointer) -> Bool
@_silgen_name("swift_taskGroup_cancelAll")
func cancelGroup(_ group: Builtin.RawPointer)

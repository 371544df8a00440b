import Musl

/// Says when it goes.
final class Value: Sendable {
    let number: Int
    init(_ number: Int) { self.number = number }
    deinit { print("gone: \(number)") }
}

nonisolated(unsafe) var alive = 0
final class Counted: Sendable {
    let number: Int
    init(_ number: Int) {
        self.number = number
        alive += 1
    }
    deinit { alive -= 1 }
}

actor Account {
    private var balance = 0
    func deposit(_ amount: Int) async -> Int {
        balance += amount
        await Task.yield()
        return balance
    }
    func visit(_ body: @Sendable (isolated Account) -> Void) { body(self) }
    isolated deinit { print("account closed with \(balance)") }
}

func fibonacci(_ n: Int) async -> Int {
    guard n > 1 else { return n }
    async let first = fibonacci(n - 1)
    return await fibonacci(n - 2) + first
}

func depth(_ n: Int) async -> Int {
    guard n > 0 else {
        await Task.yield()
        return 0
    }
    return await depth(n - 1) + 1
}

struct Countdown: AsyncSequence, AsyncIteratorProtocol {
    typealias Failure = Never
    var left: Int
    mutating func next() async -> Int? {
        await Task.yield()
        guard left > 0 else { return nil }
        left -= 1
        return left
    }
    func makeAsyncIterator() -> Countdown { self }
}

func groups() async {
    let sum = await withTaskGroup(of: Value.self) { group in
        for number in 1...3 { group.addTask { Value(number) } }
        var sum = 0
        for await value in group { sum += value.number }
        return sum
    }
    print("group: \(sum)")
    await withTaskGroup(of: Int.self) { group in
        let isEmpty = group.isEmpty
        group.addTask {
            while !Task.isCancelled { await Task.yield() }
            return 7
        }
        let added = group.addTaskUnlessCancelled { 8 }
        group.cancelAll()
        let late = group.addTaskUnlessCancelled { 9 }
        print("cancelled group: \(isEmpty) \(added) \(late) \(await group.reduce(0, +)) \(group.isCancelled)")
    }
    await withTaskGroup(of: Value.self) { group in
        group.addTask { Value(4) }  // nobody asks for it
        _ = group
    }
    await withDiscardingTaskGroup { group in
        for number in 1...2 {
            group.addTask {
                await Task.yield()
                print("discarding: \(number)")
            }
        }
    }
}

func actors() async {
    let account = Account()
    async let first = account.deposit(5)
    async let second = account.deposit(6)
    async let unused = Value(10)  // nobody waits for it
    print("actor: \(await first + second)")
    // While a function of the actor runs, no other does.
    await account.visit { account in
        Task.immediate { print("after: \(await account.deposit(1))") }
        print("before")
    }
    await Task.yield()
    await Task.yield()
    await Task.yield()
}

func streams() async {
    for await number in Countdown(left: 4).map({ $0 * 2 }).filter({ $0 != 2 }).dropFirst() {
        print("sequence: \(number)")
    }
    print("reduced: \(await Countdown(left: 4).prefix(3).reduce(0, +))")
    let (stream, continuation) = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(2))
    continuation.onTermination = { if case .finished = $0 { print("stream: finished") } }
    let reader = Task { for await number in stream { print("stream: \(number)") } }
    for number in 1...3 { continuation.yield(number) }
    await Task.yield()
    continuation.finish()
    await reader.value
    let (endless, other) = AsyncStream<Int>.makeStream()
    other.onTermination = { if case .cancelled = $0 { print("stream: cancelled") } }
    let waiting = Task { for await _ in endless {} }
    await Task.yield()
    waiting.cancel()
    await waiting.value
}

func cancellation() async {
    let answer = await withTaskCancellationHandler {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return Task.isCancelled
    } onCancel: {
        print("handler")
    }
    print("cancelled: \(answer)")
}

func sleeping() async {
    await withTaskGroup(of: Int.self) { group in
        for number in [3, 1, 2] {
            group.addTask {
                try? await Task.sleep(nanoseconds: UInt64(number) * 20_000_000)
                return number
            }
        }
        for await number in group { print("slept: \(number)") }
    }
    let long = Task { () -> Bool in
        do throws(CancellationError) {
            try await Task.sleep(for: .seconds(1_000_000))
        } catch {
            return true
        }
        return false
    }
    await Task.yield()
    long.cancel()
    print("woken: \(await long.value)")
}

func many() async {
    let account = Account()
    for _ in 0..<50 {
        var tasks: [Task<Counted, Never>] = []
        for number in 0..<20 {
            tasks.append(
                Task {
                    _ = await account.deposit(1)
                    return Counted(number)
                })
        }
        await withTaskGroup(of: Counted.self) { group in
            for number in 0..<20 { group.addTask { Counted(number) } }
            _ = await group.next()
        }
        for task in tasks { _ = await task.value }
    }
    print("of many: \(await account.deposit(0)) alive: \(alive)")
}

@main struct Tasks {
    static func main() async {
        print("value: \(await Task { Value(0) }.value.number)")
        print("checked: \(await withCheckedContinuation { later in Task { later.resume(returning: 3) } } as Int)")
        print("at once: \(await withUnsafeContinuation { $0.resume(returning: 4) } as Int)")
        await groups()
        await actors()
        await streams()
        await Task { await cancellation() }.value
        await sleeping()
        print("fibonacci: \(await fibonacci(12)) depth: \(await depth(5000))")
        await many()
        print("priority: \(await Task(priority: .low) { Task.basePriority == .low }.value)")
        let raised = Task(priority: .background) {
            await withTaskPriorityEscalationHandler {
                while Task.currentPriority < .high { await Task.yield() }
            } onPriorityEscalated: {
                print("raised: \($0 == .background) \($1 == .high)")
            }
        }
        try? await Task.sleep(nanoseconds: 1_000_000)
        raised.escalatePriority(to: .high)
        await raised.value
        print("end")
    }
}

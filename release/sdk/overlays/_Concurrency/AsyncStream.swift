/// A sequence of what is given to its continuation, or of what a function returns until that is nil.
public struct AsyncStream<Element> {
    /// Ends the stream when nobody can take anything from it any more.
    final class Consumer: @unchecked Sendable {
        let storage: Storage?
        let produce: () async -> Element?
        let onCancel: (@Sendable () -> Void)?

        init(_ storage: Storage) {
            self.storage = storage
            produce = { await storage.next() }
            onCancel = { storage.end(.cancelled) }
        }

        init(_ produce: @escaping () async -> Element?, onCancel: (@Sendable () -> Void)?) {
            storage = nil
            self.produce = produce
            self.onCancel = onCancel
        }

        deinit { storage?.end(.cancelled) }
    }

    let consumer: Consumer

    public struct Continuation: Sendable {
        public enum Termination: Sendable { case finished, cancelled }

        public enum YieldResult {
            case enqueued(remaining: Int)
            case dropped(Element)
            case terminated
        }

        public enum BufferingPolicy: Sendable {
            case unbounded
            case bufferingOldest(Int)
            case bufferingNewest(Int)
        }

        let storage: Storage

        @discardableResult
        public func yield(_ value: sending Element) -> YieldResult { storage.yield(value) }

        @discardableResult
        public func yield() -> YieldResult where Element == () { storage.yield(()) }

        public func finish() { storage.end(.finished) }

        /// Called once, when the stream ends.
        public var onTermination: (@Sendable (Termination) -> Void)? {
            get { storage.locked { storage.onTermination } }
            nonmutating set { storage.setOnTermination(newValue) }
        }
    }

    public init(
        _ elementType: Element.Type = Element.self, bufferingPolicy limit: Continuation.BufferingPolicy = .unbounded,
        _ build: (Continuation) -> Void
    ) {
        let storage = Storage(limit)
        consumer = Consumer(storage)
        build(Continuation(storage: storage))
    }

    public init(unfolding produce: @escaping @Sendable () async -> Element?, onCancel: (@Sendable () -> Void)? = nil) {
        consumer = Consumer(produce, onCancel: onCancel)
    }

    public static func makeStream(
        of elementType: Element.Type = Element.self, bufferingPolicy limit: Continuation.BufferingPolicy = .unbounded
    ) -> (stream: AsyncStream<Element>, continuation: Continuation) {
        let storage = Storage(limit)
        return (AsyncStream(Consumer(storage)), Continuation(storage: storage))
    }

    private init(_ consumer: Consumer) { self.consumer = consumer }
}

extension AsyncStream: @unchecked Sendable where Element: Sendable {}

extension AsyncStream: AsyncSequence {
    public typealias Failure = Never

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Failure = Never
        let consumer: Consumer
        var hasEnded = false

        public mutating func next() async -> Element? { await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> Element? {
            guard !hasEnded else { return nil }
            let consumer = consumer
            let element = await withTaskCancellationHandler(
                operation: { await consumer.produce() }, onCancel: { consumer.onCancel?() }, isolation: actor)
            hasEnded = element == nil
            return element
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(consumer: consumer) }
}

extension AsyncStream {
    /// What waits to be taken, and who waits for it; never both.
    final class Storage: @unchecked Sendable {
        private let lock: UnsafeMutablePointer<Int32>
        private let limit: Continuation.BufferingPolicy
        private var elements: [Element] = []
        private var waiters: [UnsafeContinuation<Element?, Never>] = []
        private var hasEnded = false
        var onTermination: (@Sendable (Continuation.Termination) -> Void)?

        init(_ limit: Continuation.BufferingPolicy) {
            self.limit = limit
            lock = UnsafeMutablePointer.allocate(capacity: 1)
            unsafe lock.initialize(to: 0)
        }

        deinit { unsafe lock.deallocate() }

        func locked<Result>(_ body: () -> Result) -> Result {
            unsafe swift_musl_lock(lock)
            defer { unsafe swift_musl_unlock(lock) }
            return body()
        }

        func yield(_ value: Element) -> Continuation.YieldResult {
            var waiter: UnsafeContinuation<Element?, Never>?
            let result: Continuation.YieldResult = locked {
                if hasEnded { return .terminated }
                if !waiters.isEmpty {
                    waiter = waiters.removeFirst()
                    return .enqueued(remaining: capacity)
                }
                switch limit {
                case .unbounded: break
                case .bufferingOldest(let count):
                    if elements.count >= count { return .dropped(value) }
                case .bufferingNewest(let count):
                    if count <= 0 { return .dropped(value) }
                    if elements.count >= count {
                        let oldest = elements.removeFirst()
                        elements.append(value)
                        return .dropped(oldest)
                    }
                }
                elements.append(value)
                return .enqueued(remaining: capacity)
            }
            waiter?.resume(returning: value)
            return result
        }

        private var capacity: Int {
            switch limit {
            case .unbounded: .max
            case .bufferingOldest(let count), .bufferingNewest(let count): Swift.max(0, count - elements.count)
            }
        }

        func end(_ how: Continuation.Termination) {
            var left: [UnsafeContinuation<Element?, Never>] = []
            var handler: (@Sendable (Continuation.Termination) -> Void)?
            locked {
                guard !hasEnded else { return }
                hasEnded = true
                swap(&left, &waiters)
                swap(&handler, &onTermination)
            }
            handler?(how)
            for waiter in left { waiter.resume(returning: nil) }
        }

        func setOnTermination(_ handler: (@Sendable (Continuation.Termination) -> Void)?) {
            locked { if !hasEnded { onTermination = handler } }
        }

        func next() async -> Element? {
            await withUnsafeContinuation(isolation: nil) { continuation in
                var taken: Element?
                let waits: Bool = locked {
                    if !elements.isEmpty {
                        taken = elements.removeFirst()
                    } else if !hasEnded {
                        waiters.append(continuation)
                        return true
                    }
                    return false
                }
                if !waits { continuation.resume(returning: taken) }
            }
        }
    }
}

// c/lock.c
@_silgen_name("swift_musl_lock")
private func swift_musl_lock(_ lock: UnsafeMutablePointer<Int32>)
@_silgen_name("swift_musl_unlock")
private func swift_musl_unlock(_ lock: UnsafeMutablePointer<Int32>)

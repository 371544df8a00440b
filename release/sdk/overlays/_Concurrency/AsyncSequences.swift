// Sequences of a sequence, each the base with one function between.

extension AsyncSequence {
    public func map<Transformed>(
        _ transform: @escaping @Sendable (Element) async -> Transformed
    ) -> AsyncMapSequence<Self, Transformed> { AsyncMapSequence(base: self, transform: transform) }

    public func compactMap<ElementOfResult>(
        _ transform: @escaping @Sendable (Element) async -> ElementOfResult?
    ) -> AsyncCompactMapSequence<Self, ElementOfResult> { AsyncCompactMapSequence(base: self, transform: transform) }

    public func filter(_ isIncluded: @escaping @Sendable (Element) async -> Bool) -> AsyncFilterSequence<Self> {
        AsyncFilterSequence(base: self, isIncluded: isIncluded)
    }

    public func prefix(_ count: Int) -> AsyncPrefixSequence<Self> {
        precondition(count >= 0)
        return AsyncPrefixSequence(base: self, count: count)
    }

    public func prefix(
        while predicate: @escaping @Sendable (Element) async -> Bool
    ) -> AsyncPrefixWhileSequence<Self> { AsyncPrefixWhileSequence(base: self, predicate: predicate) }

    public func dropFirst(_ count: Int = 1) -> AsyncDropFirstSequence<Self> {
        precondition(count >= 0)
        return AsyncDropFirstSequence(base: self, count: count)
    }

    public func drop(while predicate: @escaping @Sendable (Element) async -> Bool) -> AsyncDropWhileSequence<Self> {
        AsyncDropWhileSequence(base: self, predicate: predicate)
    }
}

public struct AsyncMapSequence<Base: AsyncSequence, Transformed>: AsyncSequence {
    public typealias Element = Transformed
    public typealias Failure = Base.Failure
    let base: Base
    let transform: (Base.Element) async -> Transformed

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = Transformed
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        let transform: (Base.Element) async -> Transformed

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            guard let element = try await base.next(isolation: actor) else { return nil }
            return await transform(element)
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), transform: transform) }
}

public struct AsyncCompactMapSequence<Base: AsyncSequence, ElementOfResult>: AsyncSequence {
    public typealias Element = ElementOfResult
    public typealias Failure = Base.Failure
    let base: Base
    let transform: (Base.Element) async -> ElementOfResult?

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = ElementOfResult
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        let transform: (Base.Element) async -> ElementOfResult?

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            while let element = try await base.next(isolation: actor) {
                if let result = await transform(element) { return result }
            }
            return nil
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), transform: transform) }
}

public struct AsyncFilterSequence<Base: AsyncSequence>: AsyncSequence {
    public typealias Element = Base.Element
    public typealias Failure = Base.Failure
    let base: Base
    let isIncluded: (Element) async -> Bool

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = Base.Element
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        let isIncluded: (Element) async -> Bool

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            while let element = try await base.next(isolation: actor) {
                if await isIncluded(element) { return element }
            }
            return nil
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), isIncluded: isIncluded) }
}

public struct AsyncPrefixSequence<Base: AsyncSequence>: AsyncSequence {
    public typealias Element = Base.Element
    public typealias Failure = Base.Failure
    let base: Base
    let count: Int

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = Base.Element
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        var left: Int

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            guard left > 0 else { return nil }
            left -= 1
            return try await base.next(isolation: actor)
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), left: count) }
}

public struct AsyncPrefixWhileSequence<Base: AsyncSequence>: AsyncSequence {
    public typealias Element = Base.Element
    public typealias Failure = Base.Failure
    let base: Base
    let predicate: (Element) async -> Bool

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = Base.Element
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        var hasEnded = false
        let predicate: (Element) async -> Bool

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            guard !hasEnded else { return nil }
            if let element = try await base.next(isolation: actor), await predicate(element) { return element }
            hasEnded = true
            return nil
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), predicate: predicate) }
}

public struct AsyncDropFirstSequence<Base: AsyncSequence>: AsyncSequence {
    public typealias Element = Base.Element
    public typealias Failure = Base.Failure
    let base: Base
    let count: Int

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = Base.Element
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        var left: Int

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            while left > 0 {
                left -= 1
                guard try await base.next(isolation: actor) != nil else { return nil }
            }
            return try await base.next(isolation: actor)
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), left: count) }
}

public struct AsyncDropWhileSequence<Base: AsyncSequence>: AsyncSequence {
    public typealias Element = Base.Element
    public typealias Failure = Base.Failure
    let base: Base
    let predicate: (Element) async -> Bool

    public struct Iterator: AsyncIteratorProtocol {
        public typealias Element = Base.Element
        public typealias Failure = Base.Failure
        var base: Base.AsyncIterator
        var hasStarted = false
        let predicate: (Element) async -> Bool

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element? {
            while let element = try await base.next(isolation: actor) {
                if hasStarted { return element }
                if await predicate(element) { continue }
                hasStarted = true
                return element
            }
            return nil
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), predicate: predicate) }
}

/// Values that come one after the other, for each of which a task may wait.
public protocol AsyncSequence<Element, Failure> {
    associatedtype AsyncIterator: AsyncIteratorProtocol
    associatedtype Element where Element == AsyncIterator.Element
    associatedtype Failure = any Error where Failure == AsyncIterator.Failure
    func makeAsyncIterator() -> AsyncIterator
}

/// One of the two functions is enough, the first where nothing fails.
public protocol AsyncIteratorProtocol<Element, Failure> {
    associatedtype Element
    associatedtype Failure: Error = any Error
    mutating func next() async throws -> Element?
    mutating func next(isolation actor: isolated (any Actor)?) async throws(Failure) -> Element?
}

extension AsyncIteratorProtocol {
    public mutating func next() async throws(Failure) -> Element? { try await next(isolation: nil) }
}

extension AsyncIteratorProtocol where Failure == Never {
    public mutating func next(isolation actor: isolated (any Actor)?) async throws(Never) -> Element? {
        // swift-format-ignore: NeverUseForceTry
        try! await next()
    }
}

extension AsyncSequence {
    public func reduce<Result>(
        _ initialResult: Result, _ nextPartialResult: (Result, Element) async -> Result
    ) async throws(Failure) -> Result {
        var result = initialResult
        var iterator = makeAsyncIterator()
        while let element = try await iterator.next(isolation: nil) {
            result = await nextPartialResult(result, element)
        }
        return result
    }

    public func reduce<Result>(
        into initialResult: Result, _ updateAccumulatingResult: (inout Result, Element) async -> Void
    ) async throws(Failure) -> Result {
        var result = initialResult
        var iterator = makeAsyncIterator()
        while let element = try await iterator.next(isolation: nil) { await updateAccumulatingResult(&result, element) }
        return result
    }

    public func first(where predicate: (Element) async -> Bool) async throws(Failure) -> Element? {
        var iterator = makeAsyncIterator()
        while let element = try await iterator.next(isolation: nil) {
            if await predicate(element) { return element }
        }
        return nil
    }

    public func contains(where predicate: (Element) async -> Bool) async throws(Failure) -> Bool {
        try await first(where: predicate) != nil
    }

    public func allSatisfy(_ predicate: (Element) async -> Bool) async throws(Failure) -> Bool {
        var iterator = makeAsyncIterator()
        while let element = try await iterator.next(isolation: nil) {
            guard await predicate(element) else { return false }
        }
        return true
    }

    public func max(by areInIncreasingOrder: (Element, Element) async -> Bool) async throws(Failure) -> Element? {
        var iterator = makeAsyncIterator()
        guard var result = try await iterator.next(isolation: nil) else { return nil }
        while let element = try await iterator.next(isolation: nil) {
            if await areInIncreasingOrder(result, element) { result = element }
        }
        return result
    }

    public func min(by areInIncreasingOrder: (Element, Element) async -> Bool) async throws(Failure) -> Element? {
        var iterator = makeAsyncIterator()
        guard var result = try await iterator.next(isolation: nil) else { return nil }
        while let element = try await iterator.next(isolation: nil) {
            if await areInIncreasingOrder(element, result) { result = element }
        }
        return result
    }
}

extension AsyncSequence where Element: Equatable {
    public func contains(_ search: Element) async throws(Failure) -> Bool {
        try await contains(where: { $0 == search })
    }
}

extension AsyncSequence where Element: Comparable {
    public func max() async throws(Failure) -> Element? { try await max(by: <) }
    public func min() async throws(Failure) -> Element? { try await min(by: <) }
}

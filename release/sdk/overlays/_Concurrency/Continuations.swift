import Builtin

/// Where a task waits for something: to be resumed exactly once, which nobody checks.
@unsafe @frozen public struct UnsafeContinuation<T, E: Error>: Sendable {
    @usableFromInline let context: Builtin.RawUnsafeContinuation

    init(_ context: Builtin.RawUnsafeContinuation) { self.context = context }

    public func resume(returning value: sending T) where E == Never {
        Builtin.resumeNonThrowingContinuationReturning(context, value)
    }

    public func resume() where T == (), E == Never { resume(returning: ()) }
}

/// Where a task waits for something: to be resumed exactly once. Resuming it twice ends the program.
public struct CheckedContinuation<T, E: Error>: Sendable {
    private final class Once: @unchecked Sendable {
        var continuation: UnsafeContinuation<T, E>?

        init(_ continuation: UnsafeContinuation<T, E>) { self.continuation = continuation }
    }

    private let once: Once

    public init(continuation: UnsafeContinuation<T, E>, function: String = #function) { once = Once(continuation) }

    public func resume(returning value: sending T) where E == Never {
        guard let continuation = once.continuation else { fatalError("a continuation was resumed twice") }
        once.continuation = nil
        continuation.resume(returning: value)
    }

    public func resume() where T == (), E == Never { resume(returning: ()) }
}

@unsafe public func withUnsafeContinuation<T>(
    isolation: isolated (any Actor)? = #isolation, _ body: (UnsafeContinuation<T, Never>) -> Void
) async -> sending T {
    await Builtin.withUnsafeContinuation { body(UnsafeContinuation($0)) }
}

public func withCheckedContinuation<T>(
    isolation: isolated (any Actor)? = #isolation, function: String = #function,
    _ body: (CheckedContinuation<T, Never>) -> Void
) async -> sending T {
    await Builtin.withUnsafeContinuation { body(CheckedContinuation(continuation: UnsafeContinuation($0))) }
}

/// That it is there tells the compiler to call swift_continuation_await, and not to do it in place without a lock.
public func _abiEnableAwaitContinuation() {}

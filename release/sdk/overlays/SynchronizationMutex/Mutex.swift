// Embedded Swift's Synchronization has no Mutex. The compiler imports this module wherever that one is imported.
import Builtin
@_exported import Synchronization

/// A lock and the value that it protects.
@_staticExclusiveOnly
public struct Mutex<Value: ~Copyable>: ~Copyable {
    @usableFromInline let lock = Cell<Int32>(0)
    @usableFromInline let value: Cell<Value>

    public init(_ initialValue: consuming sending Value) { value = Cell(initialValue) }

    /// Waits for the lock, and calls the function with the value while it holds it.
    public borrowing func withLock<Result: ~Copyable, E: Error>(
        _ body: (inout sending Value) throws(E) -> sending Result
    ) throws(E) -> sending Result {
        unsafe swift_musl_lock(lock.address)
        defer { unsafe swift_musl_unlock(lock.address) }
        return try unsafe body(&value.address.pointee)
    }

    /// Calls the function with the value unless somebody else holds the lock.
    public borrowing func withLockIfAvailable<Result: ~Copyable, E: Error>(
        _ body: (inout sending Value) throws(E) -> sending Result
    ) throws(E) -> sending Result? {
        guard unsafe swift_musl_try_lock(lock.address) != 0 else { return nil }
        defer { unsafe swift_musl_unlock(lock.address) }
        return try unsafe body(&value.address.pointee)
    }
}

extension Mutex: @unchecked Sendable where Value: ~Copyable {}

/// A value that stays where it is and is changed through its address.
@_rawLayout(like: Value, movesAsLike)
@usableFromInline struct Cell<Value: ~Copyable>: ~Copyable {
    @usableFromInline var address: UnsafeMutablePointer<Value> {
        unsafe UnsafeMutablePointer(Builtin.unprotectedAddressOfBorrow(self))
    }

    init(_ initialValue: consuming Value) { unsafe address.initialize(to: initialValue) }

    @inlinable deinit { unsafe address.deinitialize(count: 1) }
}

// c/lock.c
@_silgen_name("swift_musl_lock")
private func swift_musl_lock(_ lock: UnsafeMutablePointer<Int32>)
@_silgen_name("swift_musl_unlock")
private func swift_musl_unlock(_ lock: UnsafeMutablePointer<Int32>)
@_silgen_name("swift_musl_try_lock")
private func swift_musl_try_lock(_ lock: UnsafeMutablePointer<Int32>) -> Int32

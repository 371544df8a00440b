import CSystem

extension Array where Element == UInt8 {
    /// Appends a copy of the bytes, at the speed of memory.
    package mutating func append(copying bytes: Span<UInt8>) {
        // SAFETY: the array copies the bytes within the closure.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span where Element == UInt8 {
    /// Where `byte` first stands at `start`, which is at most the count, or later.
    package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        precondition(start >= 0 && start <= count)
        // SAFETY: memchr reads the bytes from `start` to the end of the span, within the closure.
        return unsafe withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, start < bytes.count else { return nil }
            guard let found = unsafe memchr(base + start, Int32(byte), bytes.count - start) else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}

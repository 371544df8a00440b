import CSystem

extension Array where Element == UInt8 {
    /// Appends a copy of the bytes, at the speed of memory: in Embedded Swift `append(contentsOf:)` takes them one by
    /// one.
    package mutating func append(copying bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count) { output in
            // SAFETY: there is room for all of the bytes, which are copied within the closures.
            unsafe output.withUnsafeMutableBufferPointer { room, count in
                unsafe bytes.withUnsafeBytes { bytes in
                    guard let target = room.baseAddress, let source = bytes.baseAddress else { return }
                    unsafe UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
                    count = bytes.count
                }
            }
        }
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

extension [UInt8] {
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

    /// Appends a string's bytes.
    package mutating func append(_ text: String) {
        append(copying: text.utf8.span)
    }
}

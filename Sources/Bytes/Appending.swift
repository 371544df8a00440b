extension [UInt8] {
    /// Appends a copy of the bytes, at the speed of memory: in Embedded Swift `append(contentsOf:)` takes them one by
    /// one.
    package mutating func append(copying bytes: Span<UInt8>) {
        append(addingCapacity: bytes.count) { output in
            // SAFETY: there is room for all of the bytes, which are copied within the closures.
            unsafe output.withUnsafeMutableBufferPointer { room, count in
                guard let target = room.baseAddress else { return }
                unsafe UnsafeMutableRawPointer(target).copy(bytes)
                count = bytes.count
            }
        }
    }

    /// Appends a string's bytes.
    package mutating func append(_ text: String) {
        append(copying: text.utf8.span)
    }
}

extension UnsafeMutableRawPointer {
    /// Copies the bytes to where this points to, and where there is room for them. Short texts, of which JSON is made,
    /// are copied in less time than the C library's function takes to begin.
    @_optimize(speed)
    @unsafe package func copy(_ bytes: Span<UInt8>) {
        let count = bytes.count
        if count > 64 {
            // SAFETY: the caller has the room; the bytes stay where they are within the closure.
            return unsafe bytes.withUnsafeBytes { source in
                guard let source = unsafe source.baseAddress else { return }
                unsafe copyMemory(from: source, byteCount: count)
            }
        }
        // SAFETY: all that is stored lies within the room for `count` bytes: the last one of several words overlaps the
        // one before.
        if count >= 8 {
            var offset = 0
            while offset < count - 8 {
                unsafe storeBytes(of: bytes.word(at: offset).littleEndian, toByteOffset: offset, as: UInt64.self)
                offset += 8
            }
            unsafe storeBytes(of: bytes.word(at: count - 8).littleEndian, toByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            unsafe storeBytes(of: bytes.halfWord(at: 0).littleEndian, as: UInt32.self)
            unsafe storeBytes(of: bytes.halfWord(at: count - 4).littleEndian, toByteOffset: count - 4, as: UInt32.self)
        } else {
            for offset in bytes.indices { unsafe storeBytes(of: bytes[offset], toByteOffset: offset, as: UInt8.self) }
        }
    }
}

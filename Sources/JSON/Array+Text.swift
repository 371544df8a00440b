extension [UInt8] {
    /// Appends a copy of the bytes, at the speed of memory: in Embedded Swift `append(contentsOf:)` takes them one by
    /// one.
    package mutating func append(verbatim bytes: Span<UInt8>) {
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
    mutating func append(_ text: String) {
        append(verbatim: text.utf8.span)
    }

    /// Appends a number in decimal.
    mutating func append(digits number: UInt64) {
        guard number >= 10 else { return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var start = 20
        var rest = number
        while rest > 0 {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        append(verbatim: digits.span.extracting(start..<20))
    }

    /// Appends a string between quotes.
    mutating func append(quoting string: String) {
        let bytes = string.utf8.span
        guard bytes.count <= 16, bytes.plainText(from: 0).end == bytes.count else {
            append(UInt8(ascii: "\""))
            append(escaping: bytes)
            return append(UInt8(ascii: "\""))
        }
        // Keys and words of code: a call for each would take longer than the copy.
        append(addingCapacity: bytes.count + 2) { output in
            output.append(UInt8(ascii: "\""))
            for index in bytes.indices { output.append(bytes[index]) }
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Appends the bytes as they stand within a JSON string: the quote, the backslash and the control characters as
    /// escapes (RFC 8259, section 7), the rest as it is.
    package mutating func append(escaping bytes: Span<UInt8>) {
        var start = 0
        while true {
            let end = bytes.plainText(from: start).end
            append(verbatim: bytes.extracting(start..<end))
            guard end < bytes.count else { return }
            append(escapeOf: bytes[end])
            start = end + 1
        }
    }

    private mutating func append(escapeOf byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0..<0x20:
            append(byte < 0x10 ? "u000" : "u001")
            let digit = byte & 0x0F
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        default: append(byte)
        }
    }
}

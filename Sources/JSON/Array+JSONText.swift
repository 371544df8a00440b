import Bytes

extension [UInt8] {
    /// Appends a string between quotes.
    public mutating func append(quoting string: String) {
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
    public mutating func append(escaping bytes: Span<UInt8>) {
        var position = 0
        while position < bytes.count { position = append(escaping: bytes, from: position) }
    }

    /// Appends bytes from `start` on; returns where it has stopped, should the room not have been enough for control
    /// characters, of which texts have few.
    @_optimize(speed)  // each result
    private mutating func append(escaping bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        // Two for each, and four more for so many control characters.
        var controlsLeft = 16
        append(addingCapacity: (bytes.count - start) * 2 + controlsLeft * 4) { output in
            // SAFETY: at each turn there is room for twice the bytes that are left to read, since each takes two at
            // most or is a control character that was reckoned with. Both are used within the closures.
            unsafe output.withUnsafeMutableBufferPointer { room, count in
                guard let start = unsafe room.baseAddress else { return }
                var target = unsafe UnsafeMutableRawPointer(start)
                while position < bytes.count, controlsLeft > 0 {
                    if position <= bytes.count - 8 {
                        let word = bytes.word(at: position)
                        unsafe target.storeBytes(of: word.littleEndian, as: UInt64.self)
                        let marks = word.escapedMarks
                        let plain = marks == 0 ? 8 : marks.trailingZeroBitCount / 8
                        unsafe target += plain
                        position += plain
                        if marks == 0 { continue }
                        // Nearly always a quote, of which JSON within JSON has one in every few bytes.
                        let byte = UInt8(truncatingIfNeeded: word &>> UInt64(plain * 8))
                        if byte >= 0x20 {
                            let escape = UInt16(UInt8(ascii: "\\")) | UInt16(byte) &<< 8
                            unsafe target.storeBytes(of: escape.littleEndian, as: UInt16.self)
                            unsafe target += 2
                            position += 1
                            continue
                        }
                    }
                    let byte = bytes[position]
                    position += 1
                    if byte.isEscaped {
                        if byte < 0x20 { controlsLeft -= 1 }
                        unsafe target = Self.write(escapeOf: byte, at: target)
                    } else {
                        unsafe target.storeBytes(of: byte, as: UInt8.self)
                        unsafe target += 1
                    }
                }
                count = unsafe UnsafeMutableRawPointer(start).distance(to: target)
            }
        }
        return position
    }

    /// Writes the two or six bytes of an escape, and returns where the next byte goes.
    @unsafe private static func write(
        escapeOf byte: UInt8, at target: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        let letter: UInt8? =
            switch byte {
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            case 0..<0x20: nil
            default: byte
            }
        unsafe target.storeBytes(of: UInt8(ascii: "\\"), as: UInt8.self)
        if let letter {
            unsafe target.storeBytes(of: letter, toByteOffset: 1, as: UInt8.self)
            return unsafe target + 2
        }
        let digits: [5 of UInt8] = [
            UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"), UInt8(hexDigitFor: byte >> 4),
            UInt8(hexDigitFor: byte),
        ]
        for index in digits.indices {
            unsafe target.storeBytes(of: digits[index], toByteOffset: index + 1, as: UInt8.self)
        }
        return unsafe target + 6
    }
}

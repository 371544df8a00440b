/// Characters that no person sees and that models and terminals read: words can be hidden in them.
extension Unicode.Scalar {
    /// Controls but the newline and the tab, tags (U+E0000 to U+E007F), invisible operators (U+2060 to U+2064) and the
    /// byte order mark.
    public var isHidden: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x80..<0xA0, 0x2060...0x2064, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }

    /// The marks that turn the direction of writing. Right-to-left texts need them.
    public var changesDirection: Bool {
        switch value {
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// The text without what is hidden in it.
    public var withoutHidden: String {
        @inline(never)  // would be copied into each caller
        get {
            guard utf8.span.mayHoldHidden else { return self }
            var scalars = String.UnicodeScalarView()
            for scalar in unicodeScalars where !scalar.isHidden { scalars.append(scalar) }
            return String(scalars)
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether there are bytes that `Unicode.Scalar.isHidden` has in UTF-8; for few texts besides.
    @_optimize(speed)  // each text of each answer that is not plain ASCII
    fileprivate var mayHoldHidden: Bool {
        var position = 0
        while position < count {
            if position <= count - 8, word(at: position).isPrintable {
                position += 8
                continue
            }
            let byte = self[position]
            position += 1
            if byte < 0x20, byte != 0x09, byte != 0x0A { return true }
            guard byte >= 0xC2, position < count else { continue }
            switch (byte, self[position]) {
            case (0xC2, 0x80..<0xA0), (0xE2, 0x81), (0xEF, 0xBB), (0xF3, 0xA0): return true
            default: break
            }
        }
        return false
    }
}

extension UInt64 {
    /// Whether all eight bytes are ASCII and none is a control character below U+0020.
    @inline(__always)
    fileprivate var isPrintable: Bool {
        (self | (self &- 0x2020_2020_2020_2020)) & UInt64.highBits == 0
    }
}

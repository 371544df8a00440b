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
            guard unicodeScalars.contains(where: { $0.isHidden }) else { return self }
            var scalars = String.UnicodeScalarView()
            for scalar in unicodeScalars where !scalar.isHidden { scalars.append(scalar) }
            return String(scalars)
        }
    }
}

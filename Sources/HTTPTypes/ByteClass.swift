/// Classes of bytes in HTTP's grammar, as bit sets of ASCII.
package enum ByteClass {
    package static let lineFeed: UInt8 = 0x0A
    package static let carriageReturn: UInt8 = 0x0D

    /// A token's byte (RFC 9110 section 5.6.2).
    package static func isToken(_ byte: UInt8) -> Bool {
        // ! # $ % & ' * + - . and the digits; letters, ^ _ ` | ~
        contains(0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE, byte)
    }

    /// A byte of a path or a query (RFC 3986 section 3): pchar, "/" and "?". A percent sign is checked apart.
    package static func isTarget(_ byte: UInt8) -> Bool {
        // ! $ % & ' ( ) * + , - . / digits : ; = ? and @ letters _ ~
        contains(0xAFFF_FFF2_0000_0000, 0x47FF_FFFE_87FF_FFFF, byte)
    }

    /// A byte of a host's name or IPv4 address (RFC 3986 section 3.2.2).
    package static func isHost(_ byte: UInt8) -> Bool {
        // ! $ % & ' ( ) * + , - . digits ; = and letters _ ~
        contains(0x2BFF_7FF2_0000_0000, 0x47FF_FFFE_87FF_FFFE, byte)
    }

    /// A byte of a field's value (RFC 9110 section 5.5): anything but control characters; the tab may stand inside.
    package static func isValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 ? byte != 0x7F : byte == 0x09
    }

    private static func contains(_ low: UInt64, _ high: UInt64, _ byte: UInt8) -> Bool {
        if byte < 64 { return low &>> UInt64(byte) & 1 != 0 }
        return byte < 128 && high &>> UInt64(byte &- 64) & 1 != 0
    }
}

import Bytes

/// A host and perhaps a port, as the field Host names them (RFC 9110, section 7.2).
public struct Authority: Equatable, Sendable {
    /// In lowercase letters, without a dot at its end; an IPv6 address in its brackets, unless it stands for one of
    /// IPv4.
    public let host: String
    public let port: UInt16?

    /// What a machine's own programs call it.
    public static let loopback = ["localhost", "127.0.0.1", "[::1]"].compactMap { Authority($0) }

    /// Nil for what is none: nothing, a path, a user, a port that is no number.
    public init?(_ text: String) {
        let bytes = text.utf8.map { $0.asciiLowercased }
        let hostEnd: Int
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")), bracket > 1,
                bytes[1..<bracket].allSatisfy(Authority.isAddressByte)
            else { return nil }
            hostEnd = bracket + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            guard hostEnd > 0, bytes[..<hostEnd].allSatisfy(Authority.isNameByte) else { return nil }
        }
        // With a dot at the end a name is looked up as it is, and names the same (RFC 1034, section 3.1).
        let nameEnd = hostEnd > 1 && bytes[hostEnd - 1] == UInt8(ascii: ".") ? hostEnd - 1 : hostEnd
        host = MappedAddress.text(bytes[..<hostEnd]) ?? String(decoding: bytes[..<nameEnd], as: UTF8.self)
        guard hostEnd < bytes.count else {
            port = nil
            return
        }
        let digits = bytes[(hostEnd + 1)...]
        guard bytes[hostEnd] == UInt8(ascii: ":"), !digits.isEmpty,
            let number = UInt16(digits: String(decoding: digits, as: UTF8.self)), number > 0
        else { return nil }
        port = number
    }

    /// Whether the host is an IP address rather than a name (RFC 3986, section 3.2.2).
    public var isAddress: Bool {
        if host.utf8.first == UInt8(ascii: "[") { return true }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { UInt8(digits: String(Substring($0))) != nil }
    }

    /// Whether nobody can have the host point here who is not trusted here anyway: an address is not looked up, no
    /// domain is a name of one label (RFC 7085), and none is below `internal`, which is reserved for networks of one's
    /// own.
    public var isBeyondRebinding: Bool {
        let bytes = Array(host.utf8)
        return isAddress || !bytes.contains(UInt8(ascii: ".")) || bytes.suffix(9).elementsEqual(".internal".utf8)
    }

    public var text: String { port.map { "\(host):\($0)" } ?? host }

    /// Whether this, as a rule, lets the other pass: a rule without a port covers every port.
    public func covers(_ given: Authority) -> Bool { host == given.host && (port == nil || port == given.port) }

    /// What stands in the names of hosts; the underscore in those that containers have.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILowercase || byte.isASCIIDigit || "-._".utf8.contains(byte)
    }

    /// What stands in an IPv6 address (RFC 3986, section 3.2.2).
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        byte.isHexDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
}

import Bytes

/// IPv4 inside IPv6 (RFC 4291, section 2.5.5.2): a socket for both families has its clients of IPv4 there, and tools
/// may write them so in URLs.
enum MappedAddress {
    /// Dotted decimal for `[::ffff:127.0.0.1]` and `[::ffff:7f00:1]`, lowercase letters; nil for anything else.
    static func text(_ host: ArraySlice<UInt8>) -> String? {
        let prefix = Array("[::ffff:".utf8)
        guard host.starts(with: prefix), host.last == UInt8(ascii: "]") else { return nil }
        let inside = host.dropFirst(prefix.count).dropLast()
        if inside.contains(UInt8(ascii: ".")) {
            let text = String(decoding: inside, as: UTF8.self)
            return Authority(text)?.isAddress == true ? text : nil
        }
        let groups = inside.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard groups.count == 2, let high = number(groups[0]), let low = number(groups[1]) else { return nil }
        return "\(high >> 8).\(high & 255).\(low >> 8).\(low & 255)"
    }

    /// One to four hexadecimal digits.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt16? {
        digits.count <= 4 ? UInt16(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }
}

import CSystem

/// An IP address and a TCP port.
public struct SocketAddress: Equatable, Sendable {
    /// Four bytes, or sixteen, in network order.
    package let bytes: [UInt8]
    /// 0 lets the system choose a free one when it is listened on.
    public let port: UInt16

    var isIPv6: Bool { bytes.count == 16 }

    /// Whether only programs of the same machine reach it: 127.0.0.0/8, also inside IPv6, and ::1.
    public var isLoopback: Bool {
        let bytes = PeerNetwork.unmapped(self.bytes)
        return bytes.count == 16 ? bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 } : bytes.first == 127
    }

    /// What to listen on instead when that failed: 0.0.0.0 for ::, which stands for both families, on a machine without
    /// IPv6. Nil for every other address and error.
    public func substitute(for error: SystemError) -> SocketAddress? {
        guard isIPv6, bytes.allSatisfy({ $0 == 0 }), error.code == EAFNOSUPPORT || error.code == EADDRNOTAVAIL else {
            return nil
        }
        return SocketAddress(host: "0.0.0.0", port: port)
    }

    /// An address of IPv4 ("127.0.0.1") or IPv6 ("::1", also in brackets), or "localhost", which is 127.0.0.1. Nil for
    /// any other name: nothing is looked up.
    public init?(host: String, port: UInt16) {
        let text = host == "localhost" ? "127.0.0.1" : Self.withoutBrackets(host)
        guard let bytes = Self.parse(text, AF_INET, count: 4) ?? Self.parse(text, AF_INET6, count: 16) else {
            return nil
        }
        self.bytes = bytes
        self.port = port
    }

    /// An address for people, without brackets: 192.0.2.7, 2001:db8::7. IPv4 inside IPv6 is IPv4; "" for other bytes.
    ///
    /// - Parameter bytes: 4 or 16 in network order.
    package static func text(_ bytes: [UInt8]) -> String {
        let bytes = PeerNetwork.unmapped(bytes)
        guard bytes.count == 4 || bytes.count == 16 else { return "" }
        var text = [CChar](repeating: 0, count: 64)
        // SAFETY: the call reads the family's 4 or 16 bytes, and writes a terminated string of at most 46.
        unsafe bytes.withUnsafeBytes { bytes in
            _ = unsafe text.withUnsafeMutableBufferPointer { text in
                unsafe inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes.baseAddress, text.baseAddress, 64)
            }
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func withoutBrackets(_ host: String) -> String {
        let bytes = Array(host.utf8)
        guard bytes.count > 2, bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return host }
        return String(decoding: bytes[1..<(bytes.count - 1)], as: UTF8.self)
    }

    private static func parse(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        // A zero byte would end the text early for C.
        guard !text.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: the call reads the terminated text and writes `count` bytes, the size of the family's address.
        let code = unsafe bytes.withUnsafeMutableBytes { address in
            unsafe text.withCString { unsafe inet_pton(family, $0, address.baseAddress) }
        }
        return code == 1 ? bytes : nil
    }
}

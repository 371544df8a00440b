import MCPHTTP
import System
import Testing

/// What trusted proxies say of their clients.
struct TrustedProxiesTests {
    private let proxies = TrustedProxies(["10.0.0.0/8", "fd00::/8"].compactMap { IPNetwork($0) })

    @Test(
        "the client is the last address that is no trusted proxy's",
        arguments: [
            ("203.0.113.9", [203, 0, 113, 9] as [UInt8]), ("198.51.100.1, 203.0.113.9", [203, 0, 113, 9]),
            ("198.51.100.1,203.0.113.9 , 10.1.1.1,fd00::1", [203, 0, 113, 9]), ("10.1.1.1, 10.2.2.2", [10, 1, 1, 1]),
            ("unknown, 10.2.2.2", [10, 2, 2, 2]), ("10.1.1.1:80, 10.2.2.2", [10, 2, 2, 2]),
            ("127.0.0.1", [127, 0, 0, 1]),
        ])
    func client(field: String, address: [UInt8]) { #expect(proxies.client(field) == address) }

    @Test(
        "without an address at the end nothing is told", arguments: ["", "unknown", "203.0.113.9, unknown", ",", "_x"])
    func nothing(field: String) { #expect(proxies.client(field) == nil) }

    @Test("only those that were named are trusted")
    func trust() {
        #expect(proxies.trust([10, 9, 9, 9]))
        #expect(!proxies.trust([127, 0, 0, 1]) && !proxies.trust([]))
        #expect(!TrustedProxies([]).trust([10, 9, 9, 9]))
    }
}

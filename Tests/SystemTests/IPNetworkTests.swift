import System
import Testing

struct IPNetworkTests {
    @Test(
        "a network holds the addresses that begin with its bits",
        arguments: [
            ("10.0.0.0/8", [10, 1, 2, 3], true), ("10.0.0.0/8", [11, 0, 0, 0], false),
            ("10.128.0.0/9", [10, 127, 255, 255], false), ("10.128.0.0/9", [10, 200, 0, 0], true),
            ("192.0.2.7", [192, 0, 2, 7], true), ("192.0.2.7", [192, 0, 2, 6], false),
            ("192.0.2.7/31", [192, 0, 2, 6], true), ("0.0.0.0/0", [203, 0, 113, 1], true),
            ("0.0.0.0/0", [UInt8](repeating: 0, count: 16), false), ("0.0.0.0/0", [], false), ("::/0", [], false),
            ("fd00::/8", [0xFD] + [UInt8](repeating: 9, count: 15), true),
            ("fd00::/8", [0xFC] + [UInt8](repeating: 9, count: 15), false),
            ("[::1]", [UInt8](repeating: 0, count: 15) + [1], true), ("::/0", [10, 0, 0, 1], false),
            // IPv4 as a socket for both families shows it.
            ("10.0.0.0/8", [UInt8](repeating: 0, count: 10) + [255, 255, 10, 0, 0, 1], true),
        ] as [(String, [UInt8], Bool)])
    func contains(network: String, address: [UInt8], isInside: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(address) == isInside)
    }

    @Test(
        "what is none is refused",
        arguments: [
            "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10/8",
            "nas.local", "localhost", "10.0.0.0 /8", "10.0.0.0/ 8", "10.0.0.0/256", "*",
        ])
    func refused(text: String) { #expect(IPNetwork(text) == nil) }
}

import Glibc
import System
import Testing

struct SocketAddressTests {
    @Test("0.0.0.0 takes the place of :: where there is no IPv6", arguments: [EAFNOSUPPORT, EADDRNOTAVAIL])
    func substitute(code: Int32) throws {
        let every = try #require(SocketAddress(host: "::", port: 8910))
        let error = SystemError(call: "bind", code: code)
        #expect(every.substitute(for: error) == SocketAddress(host: "0.0.0.0", port: 8910))
        for host in ["::1", "0.0.0.0", "127.0.0.1", "2001:db8::1"] {
            let address = try #require(SocketAddress(host: host, port: 8910))
            #expect(address.substitute(for: error) == nil)
        }
    }

    @Test("another error is not the lack of IPv6", arguments: [EADDRINUSE, EACCES, EMFILE])
    func otherErrors(code: Int32) throws {
        let every = try #require(SocketAddress(host: "::", port: 80))
        #expect(every.substitute(for: SystemError(call: "bind", code: code)) == nil)
    }

    @Test(
        "an address is of this machine alone, also inside IPv6",
        arguments: [
            ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("0.0.0.0", false),
            ("::", false), ("::ffff:192.0.2.1", false), ("::ffff:0.0.0.1", false), ("192.0.2.127", false),
        ])
    func loopback(host: String, isLoopback: Bool) throws {
        #expect(try #require(SocketAddress(host: host, port: 1)).isLoopback == isLoopback)
    }
}

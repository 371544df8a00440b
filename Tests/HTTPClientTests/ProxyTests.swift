import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import Testing

extension ClientTests {
    /// Sets variables while `body` runs. The suite is serialised, and each of its tests clears them first.
    private func with<T>(_ variables: [String: String], _ body: () throws -> T) rethrows -> T {
        for (name, value) in variables { setenv(name, value, 1) }
        defer { for name in variables.keys { unsetenv(name) } }
        return try body()
    }

    @Test("a request for https goes through the proxy's tunnel, the key unseen, and certificates are verified")
    func tunnel() throws {
        let server = try TLSServer(.good)
        let seen = Log()
        let proxy = TestServer { [port = server.port] connection in
            guard let head = connection.readHead(), let upstream = Connection(toPort: port) else { return }
            seen.append(head)
            connection.send("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n")
            relay(connection, upstream)
        }
        try with(["HTTPS_PROXY": "http://user:SECRETPASS@127.0.0.1:\(proxy.port)"]) {
            let harness = try Harness { $0.trust = .file(Certificates.shared.path("ca.pem")) }
            let got = try harness.get("https://localhost:\(server.port)/?api_key=SECRETKEY").response()
            #expect(got.body == Array("ok".utf8))
            #expect(got.fields["x-proxy"] == nil)
            let failure = try harness.get("https://elsewhere.invalid:\(server.port)/?api_key=SECRETKEY").failure()
            #expect(failure == .tls(.wrongHost, host: "elsewhere.invalid"))
        }
        #expect(proxy.connections == 2)
        let head = try #require(seen.entries.first)
        #expect(head.hasPrefix("CONNECT localhost:\(server.port) HTTP/1.1\r\n"))
        #expect(head.contains("Proxy-Authorization: Basic"))
        #expect(!seen.entries.contains { $0.contains("SECRETKEY") })
    }

    @Test(
        "a proxy that refuses the tunnel is the proxy's failure",
        arguments: [
            ("403 No", HTTPFailure.ProxyFault.forbidden(host: "api.invalid", status: 403)),
            ("407 No", .credentialsRefused(status: 407)), ("502 No", .unreachable(host: "api.invalid", status: 502)),
            ("418 No", .refused(status: 418)),
            (
                "407 No\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate",
                .otherAuthentication(["NTLM", "Negotiate"])
            ),
            ("407 No\r\nProxy-Authenticate: Digest realm=\"a, Basic b\", nonce=c", .otherAuthentication(["Digest"])),
            ("407 No\r\nProxy-Authenticate: NTLM, basic realm=x", .credentialsRefused(status: 407)),
            (
                "407 No\r\nProxy-Authenticate: Lo\u{1B}[31mud, SomethingOfMoreThanSixteenLetters, Bearer",
                .otherAuthentication(["Bearer"])
            ),
        ])
    func refusedTunnel(status: String, fault: HTTPFailure.ProxyFault) throws {
        let proxy = TestServer { _ in response(status) }
        let failure = try with(["https_proxy": "http://user:SECRETPASS@127.0.0.1:\(proxy.port)"]) {
            try Harness().get("https://api.invalid/?api_key=SECRETKEY").failure()
        }
        #expect(failure == .proxy(fault))
    }

    @Test("a proxy that hangs up or is no proxy is the proxy's failure", arguments: ["", "SSH-2.0-OpenSSH_9.2\r\n"])
    func brokenTunnel(text: String) throws {
        let proxy = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send(text)
        }
        let failure = try with(["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"]) {
            try Harness().get("https://api.invalid/?api_key=SECRETKEY").failure()
        }
        #expect(failure == .proxy(.handshake))
    }

    @Test(
        "a proxy that is not there is the proxy's failure",
        arguments: [
            ("http://user:SECRETPASS@127.0.0.1:PORT", HTTPFailure.ProxyFault.connectionFailed),
            ("http://user:SECRETPASS@proxy.invalid:3128", .nameNotResolved), ("ptp://SECRETPASS@127.0.0.1", .unusable),
            ("http://127.0.0.1:SECRETPASS", .unusable),
        ])
    func deadProxy(address: String, fault: HTTPFailure.ProxyFault) throws {
        let address = address.replacingOccurrences(of: "PORT", with: "\(TestServer.deadPort)")
        for variable in ["HTTPS_PROXY", "ALL_PROXY"] {
            let failure = try with([variable: address]) {
                try Harness().get("https://api.invalid/?api_key=SECRETKEY").failure()
            }
            #expect(failure == .proxy(fault))
        }
    }

    @Test("a host that NO_PROXY names is reached without the proxy", arguments: ["127.0.0.1", "*", "other,127.0.0.1"])
    func exempt(hosts: String) throws {
        let server = TestServer { _ in response() }
        let dead = "http://127.0.0.1:\(TestServer.deadPort)"
        let harness = try Harness()
        let failure = try with(["http_proxy": dead]) { try harness.get(server.url()).failure() }
        #expect(failure == .proxy(.connectionFailed))
        let got = try with(["http_proxy": dead, "NO_PROXY": hosts]) { try harness.get(server.url()).response() }
        #expect(got.status == 200)
    }
}

/// Carries bytes both ways until both ends have closed.
func relay(_ one: Connection, _ other: Connection) {
    let back = Thread {
        while let bytes = other.read(), one.send(bytes) {}
        one.endWriting()
    }
    back.start()
    while let bytes = one.read(), other.send(bytes) {}
    other.endWriting()
}

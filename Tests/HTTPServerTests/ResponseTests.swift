import HTTPTypes
import HTTPServer
import System
import TestSupport
import Testing

struct ResponseTests {
    @Test(
        "dates are written as HTTP writes them",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
        ])
    func date(seconds: Int64, text: String) {
        #expect(HTTPDate.text(secondsSince1970: seconds) == text)
    }

    @Test(
        "a field that could break the response is left out",
        arguments: [("A", "b\r\nC: d"), ("A", "b\0"), ("A b", "c"), ("", "c"), ("A:", "c"), ("A", "\n")])
    func malformedField(name: String, value: String) throws {
        let bench = try Bench()
        bench.onRequest = { _, _, writer in
            writer.respond(200, HTTPFields([("B", "b\tc d\u{E9}"), (name, value), ("E", "f")]))
        }
        try bench.start()
        let client = try bench.client()
        try client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
        try bench.run { client.text.hasSuffix("\r\n\r\n") }
        let lines = client.text.split(separator: "\r\n").dropFirst()
        #expect(lines.map { $0.prefix { $0 != ":" } } == ["Date", "B", "E", "Content-Length"])
        #expect(client.text.contains("\r\nB: b\tc d\u{E9}\r\n"))
    }

    @Test(
        "every refusal says what to do, in JSON",
        arguments: [
            RequestFault.malformed(.host), .requestLineTooLong(bytesMax: 8192), .headTooSlow(.seconds(10)),
            .bodyTooSlow(.milliseconds(1500)), .tooManyConnections(max: 3),
        ])
    func refusal(fault: RequestFault) {
        let text = String(decoding: fault.answer.body, as: UTF8.self)
        #expect(text == "{\"error\":\"\(fault.message)\"}\n")
        #expect(fault.message.contains(": "))
        #expect(fault.answer.status == fault.status)
    }

    @Test(
        "addresses are read, and names are not looked up",
        arguments: [
            ("127.0.0.1", true), ("localhost", true), ("::1", true), ("[::1]", true), ("0.0.0.0", false),
            ("::", false), ("192.168.1.2", false),
        ])
    func address(host: String, isLoopback: Bool) throws {
        let address = try #require(SocketAddress(host: host, port: 1))
        #expect(address.isLoopback == isLoopback)
    }

    @Test(
        "what is no address is refused",
        arguments: ["", "example.org", "127.0.0.1:80", "1.2.3", "[::1", "127.0.0.1\0"])
    func noAddress(host: String) {
        #expect(SocketAddress(host: host, port: 1) == nil)
    }
}

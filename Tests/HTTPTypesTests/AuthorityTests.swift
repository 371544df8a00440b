import HTTPTypes
import Testing

struct AuthorityTests {
    @Test(
        "IPv4 inside IPv6 is IPv4",
        arguments: [
            ("[::ffff:127.0.0.1]", "127.0.0.1"), ("[::FFFF:192.0.2.1]:8910", "192.0.2.1:8910"),
            ("[::ffff:7f00:1]:80", "127.0.0.1:80"), ("[::ffff:c000:0201]", "192.0.2.1"), ("[::ffff:0:0]", "0.0.0.0"),
        ])
    func mapped(text: String, meaning: String) throws {
        let authority = try #require(Authority(text))
        #expect(authority.text == meaning)
        #expect(authority.isAddress)
        #expect(try #require(Authority(meaning)).covers(authority))
    }

    @Test(
        "what only looks like it stays what it is",
        arguments: [
            "[::1]", "[::ffff:127.0.0]", "[::ffff:127.0.0.256]", "[::ffff:7f00]", "[::ffff:1:2:3]", "[::ffff:]",
            "[::ffff:10000:1]", "[::fffe:127.0.0.1]", "[1::ffff:127.0.0.1]", "[::ffff::1]",
        ])
    func notMapped(text: String) { #expect(Authority(text)?.text == text) }

    @Test("it may be used wherever the name of this machine may")
    func loopback() throws {
        let given = try #require(Authority("[::ffff:127.0.0.1]:8910"))
        #expect(Authority.loopback.contains { $0.covers(given) })
    }
}

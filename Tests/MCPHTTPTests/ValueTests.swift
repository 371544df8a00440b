import MCPHTTP
import HTTPTypes
import Testing

struct ValueTests {
    @Test(
        "a Host is a name or an address, and maybe a port",
        arguments: [
            ("localhost", "localhost", true), ("LocalHost:80", "localhost", true),
            ("localhost:80", "localhost:80", true), ("localhost:81", "localhost:80", false),
            ("localhost", "localhost:80", false), ("[::1]:8910", "[::1]", true),
            ("127.0.0.1", "127.0.0.1", true), ("localhost.evil.example", "localhost", false),
            ("evil-localhost", "localhost", false), ("localhost:65535", "localhost", true),
        ])
    func covered(given: String, rule: String, isCovered: Bool) throws {
        let given = try #require(Authority(given))
        #expect(try #require(Authority(rule)).covers(given) == isCovered)
    }

    @Test(
        "what is no authority is refused",
        arguments: [
            "", ":80", "a:", "a:b", "a:123456", "a:-1", "[::1", "[::1]80", "a/b", "a@b", "u@a:80", "a:80:90", "a:80/",
        ])
    func noAuthority(text: String) { #expect(Authority(text) == nil) }

    @Test(
        "the usual names of this machine are allowed as Host, and no others",
        arguments: [
            ("localhost", true), ("127.0.0.1:8910", true), ("[::1]:8910", true), ("LOCALHOST:1", true),
            ("evil.example", false), ("127.0.0.1.evil.example", false), ("", false), ("localhost.", true),
            ("0.0.0.0", true), ("[::ffff:127.0.0.1]", true), ("192.0.2.7:8910", true), ("[2001:db8::7]", true),
            ("10.0.0.256", false), ("1.2.3", false), ("tmdb-mcp:8910", true), ("tmdb_mcp.", true), (".", false),
            ("host.docker.internal:8910", true), ("HOST.docker.INTERNAL.", true), ("internal", true),
            ("a.internal.evil.example", false), ("notinternal.evil", false), ("evil.example.", false),
            ("nas.local", false), ("a..", false), ("[::1].", false),
        ])
    func host(authority: String, isAllowed: Bool) {
        #expect(HostRule.loopback.allows(authority) == isAllowed)
        #expect(HostRule.anything.allows(authority))
    }

    @Test(
        "other names may be allowed besides",
        arguments: [("localhost", true), ("a.example:1", true), ("a.example.:1", true), ("b.example", false)])
    func otherHosts(authority: String, isAllowed: Bool) throws {
        #expect(HostRule.loopback(and: [try #require(Authority("a.example"))]).allows(authority) == isAllowed)
    }

    @Test(
        "pages on the same machine are allowed, and no others",
        arguments: [
            ("http://localhost", true), ("https://localhost:3000", true), ("http://127.0.0.1:6274", true),
            ("http://[::1]:80", true), ("null", false), ("", false), ("http://localhost.evil.example", false),
            ("http://evil.example", false), ("http://localhost@evil.example", false), ("ftp://localhost", false),
            ("http://localhost/", false), ("http://", false), ("localhost", false), ("file://", false),
        ])
    func origin(origin: String, isAllowed: Bool) {
        #expect(OriginRule.loopback().allows(origin) == isAllowed)
        #expect(OriginRule.anything.allows(origin))
    }

    @Test("a list of origins is exact, and comes besides the same machine")
    func originList() {
        let rule = OriginRule.loopback(and: ["https://a.example"])
        #expect(rule.allows("https://a.example"))
        #expect(rule.allows("http://localhost:6274"))
        #expect(rule.allows("https://A.example"))
        for other in ["http://a.example", "https://a.example:443", "https://a.example.b", "null"] {
            #expect(!rule.allows(other))
        }
    }

    @Test(
        "origins of any scheme are taken as browsers write them, or all of a scheme",
        arguments: [
            ("safari-web-extension://E5C5B0F0-1A2B", true), ("safari-web-extension://e5c5b0f0-1a2b", true),
            ("safari-web-extension://E5C5B0F0", false), ("vscode-webview://1k2j3h4", true), ("vscode-webview://", true),
            ("VSCODE-webview://A", true), ("vscode-webviewer://a", false), ("https://vscode-webview.example", false),
        ])
    func otherSchemes(origin: String, isAllowed: Bool) {
        let rule = OriginRule.loopback(and: ["safari-web-extension://e5c5b0f0-1a2b", "vscode-webview://"])
        #expect(rule.allows(origin) == isAllowed)
    }

    @Test(
        "a bearer token is granted when all of it is right",
        arguments: [
            ("Bearer s3cret", BearerToken.Decision.granted), ("bearer s3cret", .granted), ("BEARER   s3cret", .granted),
            ("Bearer s3cre", .wrong), ("Bearer s3crets", .wrong), ("Bearer S3cret", .wrong), ("Bearer ", .wrong),
            ("Bearer s3crets3cret", .wrong), ("Bearer", .missing), ("Basic s3cret", .missing), ("", .missing),
            ("s3cret", .missing), ("Bearer\ts3cret", .missing), ("Bearers3cret", .missing),
        ])
    func token(field: String, decision: BearerToken.Decision) throws {
        let token = try #require(BearerToken(Array("s3cret".utf8)))
        #expect(token.check(Array(field.utf8).span) == decision)
    }

    @Test("an empty token is none")
    func emptyToken() { #expect(BearerToken([]) == nil) }

    @Test("an event's id is read back", arguments: [(0, 1), (3, 77), (UInt32.max, UInt32.max)])
    func eventID(stream: UInt32, place: UInt32) {
        let id = EventID(stream: stream, place: place)
        #expect(EventID(id.text) == id)
    }

    @Test(
        "what no session sent is no event's id",
        arguments: ["", "-", "1", "1-", "-1", "1-2-3", "a-b", "4294967296-0", "0-4294967296", "1 -2", "+1-+2", "01-2"])
    func noEventID(text: String) { #expect(EventID(text) == nil) }
}

import HTTPTypes
import Testing

struct PathPrefixTests {
    @Test(
        "a prefix begins with one slash and ends with none",
        arguments: [("/tmdb", "/tmdb"), ("/a/b/", "/a/b"), ("/", ""), ("/a%20b", "/a%20b"), ("/~a-._", "/~a-._")])
    func accepted(given: String, text: String) { #expect(PathPrefix(given)?.text == text) }

    @Test(
        "what could name another host, or end the event, is none",
        arguments: [
            "", "tmdb", "//evil.example", "https://evil.example", "/a?b", "/a#b", "/a b", "/a\nb", "/ä", "/a\\b",
            "/a, /b",
        ]
    )
    func refused(given: String) { #expect(PathPrefix(given) == nil) }

    @Test("a prefix has a limit")
    func limit() {
        #expect(PathPrefix("/" + String(repeating: "a", count: 255)) != nil)
        #expect(PathPrefix("/" + String(repeating: "a", count: 256)) == nil)
    }
}

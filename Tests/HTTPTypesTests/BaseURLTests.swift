import HTTPTypes
import Testing

@Suite struct BaseURLTests {
    @Test(
        "an http or https URL is taken, without the slashes at its end",
        arguments: [
            ("https://api.themoviedb.org/3", "https://api.themoviedb.org/3"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("https://host/", "https://host"),
            ("https://host/a/b//", "https://host/a/b"), ("https://host:1///", "https://host:1"),
            ("http://[::1]:80/3", "http://[::1]:80/3"),
            ("https://HOST.example/~a/%20;b=c,d", "https://HOST.example/~a/%20;b=c,d"),
            ("https://9", "https://9"), ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ])
    func accepted(text: String, kept: String) throws {
        #expect(try #require(BaseURL(text)).text == kept)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", " ", "host", "//host", "https:", "https:/", "https://", "https:///", "https:///path", "https:host",
            "ftp://host", "file:///etc/passwd", "httpss://host", "HTTPS//host", "xhttps://host", " https://host",
            "https://user@host", "https://user:word@host", "https://host/@", "https://host?", "https://host/3?a=b",
            "https://host#", "https://host/#a", "https://ho st", "https://host/a b", "https://host\n", "https://host\t",
            "https://host/\r\nX: y", "https://host\0", "https://host/é", "https://hést", "https://host/\u{7F}",
            "https://.host", "https://-host", "https://:80", "https://?a", "https://@", "https://_", "https://host\\a",
            "https://host/<a>", "https://host/\"a\"", "https://e\u{301}", "https://\u{301}",
        ])
    func refused(text: String) {
        #expect(BaseURL(text) == nil)
    }

    @Test(
        "a path and an encoded query are appended",
        arguments: [
            ([], "https://host/3/x"), ([("a", "b")], "https://host/3/x?a=b"),
            ([("a", ""), ("", "b"), ("a", "c")], "https://host/3/x?a=&=b&a=c"),
            ([("with_genres", "1|2,3")], "https://host/3/x?with_genres=1%7C2%2C3"),
            ([("vote.gte", "a b+c&d=e?f#g/h%i")], "https://host/3/x?vote.gte=a%20b%2Bc%26d%3De%3Ff%23g%2Fh%25i"),
            ([("q", "é映🎬")], "https://host/3/x?q=%C3%A9%E6%98%A0%F0%9F%8E%AC"),
            ([("q", "\0\r\n\u{7F}\"'<>[]{}\\^`")], "https://host/3/x?q=%00%0D%0A%7F%22%27%3C%3E%5B%5D%7B%7D%5C%5E%60"),
            ([("a&b", "~-._")], "https://host/3/x?a%26b=~-._"),
        ] as [([(String, String)], String)])
    func appending(query: [(String, String)], url: String) throws {
        let base = try #require(BaseURL("https://host/3/"))
        #expect(base.appending(path: "/x", query: query.map { (name: $0.0, value: $0.1) }) == url)
    }

    @Test("every byte of a query survives, and none but the unreserved stands as it is")
    func everyByte() throws {
        let base = try #require(BaseURL("http://h"))
        let unreserved = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
        for byte in UInt8(0)..<0x80 {
            let url = base.appending(path: "/", query: [("q", String(decoding: [byte], as: UTF8.self))])
            let hex = String(byte, radix: 16, uppercase: true)
            let expected =
                unreserved.contains(byte)
                ? String(decoding: [byte], as: UTF8.self) : "%" + (byte < 0x10 ? "0" : "") + hex
            #expect(url == "http://h/?q=\(expected)")
        }
    }

    @Test("URLs are equal by their text")
    func equality() {
        #expect(BaseURL("https://host/") == BaseURL("https://host"))
        #expect(BaseURL("https://host") != BaseURL("https://HOST"))
    }
}

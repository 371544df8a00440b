import MCP
import Testing

@Suite struct URITemplateTests {
    private func match(_ template: String, _ uri: String) -> [String]? {
        URITemplate(template).match(uri).map { variables in variables.map { "\($0.name)=\($0.value)" } }
    }

    @Test(
        "a URI gives the values of the variables, or is none of the template's",
        arguments: [
            ("a://{x}", "a://b", ["x=b"]), ("a://{x}", "a://", nil), ("a://{x}", "a://b/", nil),
            ("a://{x}", "a:/", nil), ("a://{x}", "", nil), ("a://{x}", "A://b", nil), ("a://{x}", "a://b/c", nil),
            ("a://{x}/{y}", "a://b/c", ["x=b", "y=c"]), ("a://{x}/{y}", "a://b/", nil), ("a://{x}/{y}", "a:///c", nil),
            ("a://{x}/{y}", "a://b/c/d", nil), ("a://{x}/cast", "a://5/cast", ["x=5"]),
            ("a://{x}/cast", "a://5/cas", nil), ("a://{x}/cast", "a://5/casts", nil),
            // A literal right after a variable ends its value where it begins for the first time.
            ("{x}.json", "a.json", ["x=a"]), ("{x}.json", ".json", nil), ("{x}.json", ".json.json", ["x=.json"]),
            ("{x}.json", "a.json.json", nil), ("{x}-{y}", "a-b-c", ["x=a", "y=b-c"]),
            ("{x}-{y}", "--c", ["x=-", "y=c"]),
            ("{x}-{y}", "a-", nil), ("{x}aab", "aaab", ["x=a"]),
            // Nothing tells two variables apart that touch.
            ("{x}{y}", "ab", nil),
            ("a://b", "a://b", []), ("a://b", "a://c", nil), ("", "", []), ("", "a", nil),
            ("{}", "a", ["=a"]), ("{x", "{x", []), ("x}", "x}", []), ("{x", "a", nil),
        ] as [(String, String, [String]?)])
    func matching(template: String, uri: String, values: [String]?) {
        #expect(match(template, uri) == values)
    }

    @Test(
        "percent-encoding is undone, and refused when it is broken or no UTF-8",
        arguments: [
            ("a%20b", "a b"), ("%C3%A9", "é"), ("%c3%a9", "é"), ("é", "é"), ("a%2Fb", "a/b"), ("%2f", "/"),
            ("%25", "%"), ("%2525", "%25"), ("a+b", "a+b"), ("%00", "\0"), ("%7B", "{"),
            ("%", nil), ("%4", nil), ("a%", nil), ("%G0", nil), ("%0G", nil), ("%%20", nil), ("%C3", nil),
            ("%FF", nil), ("%C0%AF", nil), ("%ED%A0%80", nil), ("% 41", nil), ("%+1", nil), ("%é", nil),
        ] as [(String, String?)])
    func percentEncoding(encoded: String, value: String?) {
        #expect(match("a:{x}", "a:" + encoded) == value.map { ["x=\($0)"] })
    }

    @Test("an encoded slash does not part what the template has in two")
    func encodedSlash() {
        #expect(match("a://{x}/{y}", "a://b%2Fc") == nil)
        #expect(match("a://{x}/{y}", "a://b%2Fc/d") == ["x=b/c", "y=d"])
    }

    @Test("every cut of a URI is taken without a trap")
    func cuts() {
        let uri = Array("app://é/%C3%A9.json/x".utf8)
        for start in uri.indices {
            for end in start...uri.count {
                let text = String(decoding: uri[start..<end], as: UTF8.self)
                let isWhole = start == 0 && end == uri.count
                #expect((match("app://{a}/{b}.json/{c}", text) != nil) == isWhole)
            }
        }
    }

    @Test("names of variables are told in order")
    func names() {
        #expect(URITemplate("a{x}/{y}b{x}").variableNames == ["x", "y", "x"])
        #expect(URITemplate("a").variableNames == [])
        #expect(URITemplate("a{x}").text == "a{x}")
    }

    @Test("a long URI is matched in time that grows with its length", .timeLimit(.minutes(1)))
    func long() {
        let value = String(repeating: "a", count: 1 << 20)
        #expect(match("{x}aab", value) == nil)
        #expect(match("a://{x}/b", "a://" + value + "/b") == ["x=" + value])
    }
}

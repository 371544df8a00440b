import HTTPTypes
import Testing

struct HTTPTypesTests {
    @Test("fields are found whatever the case of their names; duplicates and order are kept")
    func lookUp() {
        var fields = HTTPFields()
        fields.append("Set-Cookie", "a")
        fields.append("Content-Type", "text/plain")
        fields.append("set-cookie", "b")
        #expect(fields["SET-COOKIE"] == "a")
        #expect(fields.values(of: "Set-cookie") == ["a", "b"])
        #expect(fields["content_type"] == nil)
        #expect(fields["Content-Typ"] == nil)
        #expect(fields["Content-Type "] == nil)
        #expect(fields.lines.map(\.name) == ["Set-Cookie", "Content-Type", "set-cookie"])
    }

    @Test(
        "only the case of ASCII letters is folded", arguments: [("[", "{"), ("@", "`"), ("É", "é"), ("K", "\u{212A}")])
    func folding(one: String, other: String) {
        #expect(!HTTPField(name: one, value: "").isNamed(other))
    }

    @Test(
        "a field is well formed when its name is a token and its value holds no control character but the tab",
        arguments: [
            ("Accept", "text/html", true), ("x!#$%&'*+-.^_`|~9", "", true), ("X", "a\tb ü", true), ("", "x", false),
            ("X Y", "", false), ("X:", "", false), ("X\u{7F}", "", false), ("X", "a\rb", false), ("X", "a\nb", false),
            ("X", "a\0b", false), ("X", "\u{7F}", false), ("(X)", "", false), ("X/", "", false), ("X\u{E9}", "", false),
        ])
    func wellFormed(name: String, value: String, expected: Bool) {
        #expect(HTTPField(name: name, value: value).isWellFormed == expected)
    }
}

import Configuration
import Testing

@Suite struct HelpTextTests {
    private let text = HelpText.text(version: "1.2.3")

    @Test("the help names every setting, what it is for, and its default", arguments: Setting.allCases)
    func settings(setting: Setting) {
        #expect(text.contains("  \(setting.variable)  "))
        #expect(text.contains(setting.summary))
        if let value = setting.defaultText { #expect(text.contains("(default: \(value))")) }
    }

    @Test("each default is a value that its setting allows")
    func defaults() throws {
        let environment = Dictionary(
            uniqueKeysWithValues: Setting.allCases.map { ($0.variable, $0.defaultText ?? "") })
        _ = try Configuration(environment: { environment[$0] })
    }

    @Test("the help fits 100 columns and ends with a line end")
    func form() {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { #expect(line.count <= 100) }
        #expect(text.hasSuffix(".\n"))
        #expect(text.allSatisfy { $0.isASCII && ($0 == "\n" || !$0.isNewline) && $0 != "\t" })
    }

    @Test("the help names the version, the flags and the exit statuses")
    func content() {
        for words in ["tmdb-mcp 1.2.3", "--help", "--version", "-h", "-V", "Exit status: 0", "not endorsed"] {
            #expect(text.contains(words))
        }
    }
}

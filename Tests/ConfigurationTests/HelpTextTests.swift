import Configuration
import Testing

@Suite struct HelpTextTests {
    private let text = HelpText.text(version: "1.2.3")

    @Test("the help names every form of every setting, what it is for, and its default", arguments: Setting.allCases)
    func settings(setting: Setting) {
        let spec = setting.spec
        let forms =
            [spec.flag.map { "\($0) \(spec.placeholder)" }].compactMap { $0 } + spec.variables
            + [spec.fileVariable, spec.key].compactMap { $0 }
        var paragraph = "\n  \(forms.joined(separator: ", "))\n      \(spec.summary)\n"
        if let value = spec.defaultText { paragraph += "      (default: \(value))\n" }
        #expect(text.contains(paragraph))
    }

    @Test("the help names every command; help on one tells how it is called and its flags", arguments: Command.allCases)
    func commands(command: Command) {
        let spec = command.spec
        #expect(text.contains("\n  \(spec.name) "))
        let own = HelpText.text(version: "1.2.3", topic: command)
        #expect(own.hasPrefix("Usage: \(spec.usage)\n\n\(spec.summary).\n"))
        for flag in spec.switches { #expect(own.contains("\n  \(flag.flag)\n      \(flag.summary)\n")) }
        for line in own.split(separator: "\n") { #expect(line.count <= 100) }
    }

    @Test("each default is a value that its setting allows")
    func defaults() throws {
        for setting in Setting.allCases {
            guard let value = setting.spec.defaultText, let flag = setting.spec.flag else { continue }
            #expect(complaints([flag, value]) == [])
        }
    }

    @Test("no two settings share a form")
    func forms() {
        let all = Setting.allCases.map(\.spec)
        let forms = all.flatMap { $0.variables + [$0.flag, $0.fileVariable, $0.key].compactMap { $0 } }
        #expect(Set(forms).count == forms.count)
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

import Configuration
import Testing

/// The manual page and the completions, as texts; the end-to-end tests give them to man and to shells.
@Suite struct ManualTests {
    private let page = ManualPage.text(version: "1.2.3", date: "2026-11-21")

    @Test("the manual page names every form of every setting and every command")
    func everything() {
        let plain = page.replacing("\\-", with: "-").replacing("\\(ti", with: "~")
        for setting in Setting.allCases.map(\.spec) {
            for form in setting.variables + [setting.flag, setting.fileVariable, setting.key].compactMap({ $0 }) {
                #expect(plain.contains(form))
            }
        }
        for command in Command.allCases { #expect(plain.contains("\n\\fB\(command.spec.usage)\\fR\n")) }
        #expect(page.hasPrefix(".TH TMDB-MCP 1 2026-11-21 \"tmdb-mcp 1.2.3\"\n"))
    }

    @Test("no line of the manual page is a request by mistake, or longer than roff's readers like")
    func lines() {
        for line in page.split(separator: "\n") {
            #expect(line.utf8.count <= 80 || line.hasPrefix("\\fB"))
            #expect(!line.hasPrefix("'"))
            guard line.hasPrefix(".") else { continue }
            #expect([".TH", ".SH", ".TP", ".PP", ".RS", ".RE", ".nf", ".fi", ".B"].contains { line.hasPrefix($0) })
        }
    }

    private let tools = [
        CompletedTool(
            name: "one",
            arguments: [.init(name: "kind", values: ["red", "blue"]), .init(name: "a.gte", values: [])]),
        CompletedTool(name: "two", arguments: []),
    ]

    @Test("completions name every flag and command", arguments: Command.shells)
    func completions(shell: String) throws {
        let text = try #require(Completions.text(for: shell, tools: tools, names: ["set", "one"]))
        for setting in Setting.allCases {
            guard let flag = setting.spec.flag else { continue }
            #expect(text.contains(shell == "fish" ? "-l \(flag.dropFirst(2)) " : flag))
        }
        for command in Command.allCases { #expect(text.contains(command.spec.name)) }
        #expect(text.contains("one two"))
        #expect(text.contains("set one"))
        for word in ["kind", "red", "blue", "a.gte"] { #expect(text.contains(word)) }
        #expect(text.contains("stdio sse both"))
    }

    @Test("there are completions for no other shell", arguments: ["", "sh", "BASH", "powershell"])
    func otherShells(shell: String) {
        #expect(Completions.text(for: shell, tools: [], names: []) == nil)
    }
}

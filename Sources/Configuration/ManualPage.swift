import Bytes

/// The manual page, in the macros of man(7).
package enum ManualPage {
    /// - Parameter date: of the version, as 2026-11-21.
    package static func text(version: String, date: String) -> String {
        var page = ".TH TMDB-MCP 1 \(date) \"tmdb-mcp \(version)\"\n"
        page += ".SH NAME\ntmdb-mcp \\- \(escaped(ManualText.summary))\n"
        page += ".SH SYNOPSIS\n.B tmdb-mcp\n[\\fICOMMAND\\fR]\n[\\fIFLAG VALUE\\fR | \\fIFLAG\\fR=\\fIVALUE\\fR]...\n"
        page += section("DESCRIPTION", [Command.serve.spec.details])
        page += ".SH COMMANDS\n"
        for command in Command.allCases {
            let spec = command.spec
            page += item(spec.usage, spec.summary + ".")
            if command != .serve { page += text(spec.details) }
            guard !spec.switches.isEmpty else { continue }
            page += ".RS\n"
            for flag in spec.switches { page += item(flag.flag, flag.summary) }
            page += ".RE\n"
        }
        page += section("SETTINGS", [ManualText.settings])
        for setting in Setting.allCases {
            let spec = setting.spec
            let standard = spec.defaultText.map { " (default: \($0))" } ?? ""
            page += item(spec.forms, spec.summary + standard)
        }
        page += ".PP\n" + text(ManualText.secrets)
        page += ".SH FILES\n" + item(ConfigFile.defaultPlace, "the config file, if no other is named, such as")
        page += ".RS\n.PP\n.nf\n"
        for line in ManualText.example { page += escaped(line) + "\n" }
        page += ".fi\n.RE\n"
        page += section("EXIT STATUS", [ManualText.exitStatuses])
        page += ".SH EXAMPLES\n.nf\n"
        for line in ["tmdb-mcp check", "tmdb-mcp call search query=matrix", "tmdb-mcp --server-mode stdio"] {
            page += escaped(line) + "\n"
        }
        return page + ".fi\n" + section("NOTES", [ManualText.attribution])
    }

    private static func section(_ title: String, _ paragraphs: [String]) -> String {
        ".SH \(title)\n" + paragraphs.map { text($0) }.joined(separator: ".PP\n")
    }

    private static func item(_ head: String, _ words: String) -> String {
        ".TP\n\\fB\(escaped(head))\\fR\n" + text(words)
    }

    /// Short lines of text; sentences begin on lines of their own, as roff wants it.
    private static func text(_ words: String) -> String {
        var text = ""
        var rest = words[...]
        while !rest.isEmpty {
            let sentence = firstSentence(rest)
            rest = rest[sentence.endIndex...]
            let lines = String(sentence).wrapped(width: 66).split(separator: "\n")
            for line in lines { text += escaped(String(line)) + "\n" }
        }
        return text
    }

    private static func firstSentence(_ text: Substring) -> Substring {
        var before: UInt8 = 0
        for (position, byte) in zip(text.utf8.indices, text.utf8) {
            if before == UInt8(ascii: "."), byte == UInt8(ascii: " ") { return text[...position] }
            before = byte
        }
        return text
    }

    /// Text as roff reads it: what would be a request, an escape or a typographic sign stands for itself.
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ".") where bytes.isEmpty: bytes += "\\&.".utf8
            case UInt8(ascii: "\\"): bytes += "\\e".utf8
            case UInt8(ascii: "-"): bytes += "\\-".utf8
            case UInt8(ascii: "~"): bytes += "\\(ti".utf8
            case UInt8(ascii: "^"): bytes += "\\(ha".utf8
            case UInt8(ascii: "'"): bytes += "\\(aq".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

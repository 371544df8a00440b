import Bytes
import JSON

/// JSON as a Markdown list, for clients that give a model nothing but text: an item for each member, with what has
/// members or rows of its own as lists within it.
enum Markdown {
    static func text(_ json: [UInt8]) -> String {
        var bytes: [UInt8] = []
        if let value = try? JSONValue(parsing: json) { write(value, depth: 0, into: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ value: JSONValue, depth: Int, into bytes: inout [UInt8]) {
        for (name, member) in value.object ?? [:] {
            beginItem(depth, &bytes)
            if isNested(member) {
                add(name, &bytes)
                add(":\n", &bytes)
                write(member, depth: depth + 1, into: &bytes)
            } else {
                add(name, &bytes)
                add(": ", &bytes)
                writeLine(member, into: &bytes)
                add("\n", &bytes)
            }
        }
        for row in value.array ?? [] {
            beginItem(depth, &bytes)
            writeLine(row, into: &bytes)
            add("\n", &bytes)
        }
    }

    private static func beginItem(_ depth: Int, _ bytes: inout [UInt8]) {
        for _ in 0..<depth { add("  ", &bytes) }
        add("- ", &bytes)
    }

    private static func isNested(_ value: JSONValue) -> Bool {
        switch value {
        case .object: true
        case .array(let rows): rows.contains { $0.object != nil || $0.array != nil }
        default: false
        }
    }

    /// A value in one line: the members of a row, or the elements of a list, with punctuation between.
    private static func writeLine(_ value: JSONValue, into bytes: inout [UInt8]) {
        var separator = ""
        switch value {
        case .object(let members):
            for (name, member) in members {
                add(separator, &bytes)
                add(name, &bytes)
                add(": ", &bytes)
                writeLine(member, into: &bytes)
                separator = "; "
            }
        case .array(let elements):
            for element in elements {
                add(separator, &bytes)
                writeLine(element, into: &bytes)
                separator = ", "
            }
        case .string(let text): write(text: text, into: &bytes)
        default: value.write(into: &bytes)
        }
    }

    /// Without line feeds, which would end the item, and with a backslash before what would begin a link, an image,
    /// code or HTML: TMDB's texts are written by its users.
    private static func write(text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "`"), UInt8(ascii: "*"):
                add("\\", &bytes)
            default: break
            }
            bytes.append(byte < 0x20 ? UInt8(ascii: " ") : byte)
        }
    }

    @inline(never)  // in many places
    private static func add(_ text: String, _ bytes: inout [UInt8]) { bytes.append(copying: text.utf8.span) }
}

extension JSONValue {
    /// Appends the value as compact JSON in UTF-8, members in their order. Only what RFC 8259, section 7, requires is
    /// escaped: the quote, the backslash and the control characters.
    package func write(into output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let bool): output.append(contentsOf: bool ? "true".utf8 : "false".utf8)
        case .number(let number): number.write(into: &output)
        case .string(let string): Self.write(string, into: &output)
        case .array(let array):
            output.append(UInt8(ascii: "["))
            var isFirst = true
            for element in array {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                element.write(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in object {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.write(key, into: &output)
                output.append(UInt8(ascii: ":"))
                value.write(into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// The value as compact JSON in UTF-8.
    package func serialized() -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }

    /// The value as compact JSON.
    package var text: String {
        String(decoding: serialized(), as: UTF8.self)
    }

    private static func write(_ string: String, into output: inout [UInt8]) {
        let utf8 = string.utf8
        let bytes = utf8.span
        output.append(UInt8(ascii: "\""))
        var written = utf8.startIndex
        for position in bytes.indices {
            let byte = bytes[position]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            let place = utf8.index(utf8.startIndex, offsetBy: position)
            output.append(contentsOf: utf8[written..<place])
            writeEscape(of: byte, into: &output)
            written = utf8.index(after: place)
        }
        if written == utf8.startIndex {
            output.append(contentsOf: utf8)
        } else {
            output.append(contentsOf: utf8[written...])
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func writeEscape(of byte: UInt8, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0..<0x20:
            output.append(contentsOf: byte < 0x10 ? "u000".utf8 : "u001".utf8)
            let digit = byte & 0x0F
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        default: output.append(byte)
        }
    }
}

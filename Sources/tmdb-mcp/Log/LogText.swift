import Bytes

/// Text in the log and on the terminal: whatever it holds, it stays on its line and commands no terminal.
enum LogText {
    /// Bytes of one value. Paths and the words of libraries are shorter.
    private static let bytesMax = 1000

    /// Appends the text, cut to `bytesMax`, in quotation marks or bare. Controls and signs that change the direction of
    /// writing are written as JSON escapes them.
    static func write(_ text: String, quotes: Bool, into bytes: inout [UInt8]) {
        if quotes { bytes.append(UInt8(ascii: "\"")) }
        if text.utf8.count <= bytesMax, text.utf8.allSatisfy(isPlain) {
            bytes += text.utf8
        } else {
            let end = bytes.count + bytesMax
            for scalar in text.unicodeScalars {
                guard bytes.count < end else {
                    bytes += "…".utf8
                    break
                }
                write(scalar, quotes, into: &bytes)
            }
        }
        if quotes { bytes.append(UInt8(ascii: "\"")) }
    }

    /// Whether a value would not be one word without quotation marks.
    static func needsQuotes(_ text: String) -> Bool {
        text.isEmpty || !text.utf8.allSatisfy { isPlain($0) && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "=") }
    }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x7F, 0x2028, 0x2029: true
        default: scalar.isHidden || scalar.changesDirection
        }
    }

    private static func write(_ scalar: Unicode.Scalar, _ quotes: Bool, into bytes: inout [UInt8]) {
        if isControl(scalar) {
            for unit in scalar.utf16 {
                bytes += "\\u".utf8
                bytes.append(hex: UInt64(unit), width: 4)
            }
            return
        }
        if quotes, scalar == "\"" || scalar == "\\" { bytes.append(UInt8(ascii: "\\")) }
        bytes += UTF8.encode(scalar).map { Array($0) } ?? []
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}

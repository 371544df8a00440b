import Bytes
import Testing

@Suite struct BytesTests {
    @Test("each of the 256 bytes is in the classes that its Unicode scalar is in")
    func classes() {
        for byte in UInt8.min...UInt8.max {
            let character = Character(Unicode.Scalar(byte))
            let isASCII = byte < 128
            #expect(byte.isASCIIDigit == (isASCII && character.isNumber))
            #expect(byte.isASCIIUppercase == (isASCII && character.isUppercase))
            #expect(byte.isASCIILowercase == (isASCII && character.isLowercase))
            #expect(byte.isASCIILetter == (isASCII && character.isLetter))
            #expect(byte.isHexDigit == (isASCII && character.isHexDigit))
            #expect(byte.hexDigitValue.map(Int.init) == (isASCII ? character.hexDigitValue : nil))
            #expect(byte.isASCIIWhitespace == (isASCII && character.isWhitespace))
            #expect(byte.isSpaceOrTab == " \t".utf8.contains(byte))
            #expect(byte.asciiLowercased == (isASCII ? character.lowercased().utf8.first : byte))
            #expect(byte.asciiUppercased == (isASCII ? character.uppercased().utf8.first : byte))
        }
    }

    @Test(
        "numbers in decimal and hexadecimal",
        arguments: [0, 1, 9, 10, 15, 16, 255, 256, 4095, 4096, 65_535, 1_000_000, UInt64(UInt32.max), .max - 1, .max])
    func numbers(number: UInt64) {
        var decimal: [UInt8] = []
        decimal.append(decimal: number)
        #expect(String(decoding: decimal, as: UTF8.self) == String(number))
        var hex: [UInt8] = []
        hex.append(hex: number)
        #expect(String(decoding: hex, as: UTF8.self) == String(number, radix: 16))
    }

    @Test func widths() {
        var bytes: [UInt8] = []
        bytes.append(decimal: 7, width: 3)
        bytes.append(decimal: 12_345, width: 2)
        bytes.append(hex: 0xABC, width: 4)
        bytes.append(hex: 0xABC, width: 2)
        #expect(String(decoding: bytes, as: UTF8.self) == "00745" + "0abcbc")
    }

    @Test("a number in digits alone", arguments: [("", nil), ("7", 7), ("65535", 65535), ("65536", nil), ("+7", nil)])
    func digits(text: String, number: UInt16?) {
        #expect(UInt16(digits: text) == number)
    }

    @Test("the first of a byte is found from every start, at every length and place")
    func search() {
        for count in 0...20 {
            for place in 0..<count {
                var bytes = [UInt8](repeating: 0x0B, count: count)
                bytes[place] = 0x0A
                for start in 0...count {
                    #expect(firstIndex(0x0A, in: bytes, from: start) == (start <= place ? place : nil))
                }
            }
            #expect(firstIndex(0x0A, in: [UInt8](repeating: 0x8A, count: count), from: 0) == nil)
        }
    }

    @Test func appending() {
        var bytes: [UInt8] = [1]
        appending([97, 98], to: &bytes)
        appending([], to: &bytes)
        bytes.append("é")
        #expect(bytes == [1, 97, 98, 0xC3, 0xA9])
    }

    @Test(
        "trimmed",
        arguments: [("", ""), (" \t\r\n", ""), ("a", "a"), ("  a b\r\n", "a b"), ("\u{A0}a ", "\u{A0}a")])
    func trimmed(text: String, expected: String) {
        #expect(text.trimmed == expected)
        #expect(text[...].trimmed == expected)
    }

    @Test("whitespace around a field's value")
    func fieldValue() {
        #expect(trimmedRange(" \t a b \t") == 3..<6)
        #expect(trimmedRange("") == 0..<0)
    }

    @Test(
        "equal whatever the case",
        arguments: [
            ("KEEP-alive", "keep-alive", true), ("keep-alivE ", "keep-alive", false), ("\u{0B}", "+", false),
            ("[", "{", false), ("", "", true),
            ("Application/JSON", "application/json", true), ("Application/JSOM", "application/json", false),
            ("text/event-strea\u{6D}", "text/event-stream", true), ("text/event-streaM", "text/event-stream", true),
        ])
    func caseless(text: String, lowercase: String, isEqual: Bool) {
        #expect(equalsIgnoringCase(text, lowercase) == isEqual)
    }

    @Test("eight bytes: lower case, and whether one is a control character")
    func eightBytes() {
        for neighbour: UInt8 in [0x00, 0x20, 0x41, 0x5A, 0x7E, 0x80, 0xFF] {
            for place in 0..<8 {
                for byte in UInt8.min...UInt8.max {
                    var bytes = [UInt8](repeating: neighbour, count: 8)
                    bytes[place] = byte
                    let lowercase = bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
                    let hasControl = bytes.contains { $0 < 0x20 || $0 == 0x7F }
                    #expect(word(bytes).asciiLowercased == word(lowercase))
                    #expect(word(bytes).hasControlCharacter == hasControl)
                }
            }
        }
    }

    // A span may not stand in #expect.
    private func word(_ bytes: [UInt8]) -> UInt64 { bytes.span.word(at: 0) }
    private func trimmedRange(_ text: String) -> Range<Int> { text.utf8.span.trimmed }
    private func equalsIgnoringCase(_ text: String, _ lowercase: String) -> Bool {
        text.utf8.span.equalsIgnoringCase(lowercase)
    }
    private func firstIndex(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
        bytes.span.firstIndex(of: byte, from: start)
    }
    private func appending(_ tail: [UInt8], to bytes: inout [UInt8]) { bytes.append(copying: tail.span) }
}

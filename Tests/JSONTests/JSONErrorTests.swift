import JSON
import Testing

@Suite struct JSONErrorTests {
    @Test(
        "a message says what is wrong, where, and what to do",
        arguments: [
            (.unexpectedByte(0x7D, expected: .value), "unexpected byte 0x7d at offset 12: expected a value"),
            (.unexpectedByte(0x07, expected: .end), "unexpected byte 0x07 at offset 12: expected the end of the text"),
            (
                .unexpectedEnd(expected: .closingQuote),
                "the text ends at offset 12: expected the closing quote of a string"
            ),
            (.byteOrderMark, "byte order mark at offset 12: send UTF-8 without one"),
            (.controlCharacter(0x0A), "control character 0x0a in a string at offset 12: write it as an escape"),
            (.invalidUTF8(0xFF), "byte 0xff at offset 12 is not valid UTF-8: send strings in UTF-8"),
            (.loneSurrogate, "lone surrogate at offset 12: escapes from \\ud800 to \\udfff must form pairs"),
            (.numberOutOfRange, "number at offset 12 is out of range: its magnitude must be below 1.8e308"),
            (.tooDeep(limit: 128), "arrays and objects nested too deep at offset 12: the limit is 128 levels"),
            (.tooManyBytes(limit: 4096), "the text is too long: the limit is 4096 bytes"),
            (.tooManyValues(limit: 99), "too many values at offset 12: the limit is 99 in one text"),
            (.numberTooLong(limit: 20), "number at offset 12 is too long: the limit is 20 bytes"),
        ] as [(JSONError.Reason, String)])
    func message(reason: JSONError.Reason, message: String) {
        #expect(JSONError(reason: reason, offset: 12).message == message)
    }

    @Test(
        "a message never repeats the text",
        arguments: ["[\"secret\" secret", "{\"secret\":\"secret\n", "secret", "\"secret\\q"])
    func confidential(text: String) throws {
        let error = try #require(refusal(of: text))
        #expect(!error.message.contains("secret"))
    }
}

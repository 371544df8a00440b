import JSON
import TestSupport
import Testing

@Suite struct ParserNumberTests {
    @Test(
        "an integer of 64 bits is exact and is written as it came",
        arguments: [
            "0", "1", "-1", "9", "10", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295",
            "4294967296",
            "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775806",
            "9223372036854775807", "9223372036854775808", "18446744073709551614", "18446744073709551615",
            "-9223372036854775807", "-9223372036854775808", "1000000000000000000", "10000000000000000000",
        ])
    func integer(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.text == text)
        #expect(value.int64 == Int64(text))
        #expect(value.int == Int(text))
        guard case .number(let number) = value else {
            Issue.record("not a number")
            return
        }
        #expect(number.uint64 == UInt64(text))
        #expect(number.double == Double(text))
    }

    @Test(
        "other numbers become the nearest double and are written in the shortest form",
        arguments: [
            ("1.0", "1.0"), ("1e2", "100.0"), ("1E+2", "100.0"), ("100e-2", "1.0"), ("0.1", "0.1"), ("-0.5", "-0.5"),
            ("-0", "-0.0"), ("-0.0", "-0.0"), ("0e0", "0.0"), ("-0e9", "-0.0"), ("0e999999999999999999999", "0.0"),
            ("18446744073709551616", "1.8446744073709552e+19"), ("-9223372036854775809", "-9.223372036854776e+18"),
            ("123456789012345678901234567890", "1.2345678901234568e+29"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("1e22", "1e+22"), ("1e23", "1e+23"), ("9007199254740993.0", "9007199254740992.0"),
            ("9007199254740993.0000000000000000000001", "9.007199254740994e+15"),
            ("8.98846567431158e307", "8.98846567431158e+307"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("1.7976931348623158e308", "1.7976931348623157e+308"),
            ("2.2250738585072014e-308", "2.2250738585072014e-308"),
            ("2.2250738585072011e-308", "2.225073858507201e-308"), ("5e-324", "5e-324"), ("3e-324", "5e-324"),
            ("2e-324", "0.0"), ("-2e-324", "-0.0"), ("1e-400", "0.0"), ("1e-999999999999999999999", "0.0"),
            ("123.456e5", "12345600.0"), ("6.02214076E23", "6.02214076e+23"), ("0.000001", "1e-06"),
        ])
    func double(text: String, written: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.text == written)
        #expect(value.double?.bitPattern == Double(written)?.bitPattern)
        #expect(try JSONValue(parsing: value.text).text == written)
    }

    @Test(
        "a number too large for a double is refused",
        arguments: ["1e309", "-1e309", "1.7976931348623159e308", "1e999999999999999999999", "[0,2e308]"])
    func outOfRange(text: String) {
        let offset = text.hasPrefix("[") ? 3 : 0
        #expect(refusal(of: text) == JSONError(reason: .numberOutOfRange, offset: offset))
    }

    @Test(
        "a malformed number is refused",
        arguments: [
            ("-", .unexpectedEnd(expected: .digit), 1), ("+1", .unexpectedByte(0x2B, expected: .value), 0),
            (".5", .unexpectedByte(0x2E, expected: .value), 0), ("1.", .unexpectedEnd(expected: .digit), 2),
            ("1.e1", .unexpectedByte(0x65, expected: .digit), 2), ("-.5", .unexpectedByte(0x2E, expected: .digit), 1),
            ("01", .unexpectedByte(0x31, expected: .noDigitAfterZero), 1),
            ("00", .unexpectedByte(0x30, expected: .noDigitAfterZero), 1),
            ("-01", .unexpectedByte(0x31, expected: .noDigitAfterZero), 2), ("1e", .unexpectedEnd(expected: .digit), 2),
            ("1e+", .unexpectedEnd(expected: .digit), 3), ("1e-x", .unexpectedByte(0x78, expected: .digit), 3),
            ("1ee1", .unexpectedByte(0x65, expected: .digit), 2), ("--1", .unexpectedByte(0x2D, expected: .digit), 1),
            ("1-", .unexpectedByte(0x2D, expected: .end), 1), ("1.2.3", .unexpectedByte(0x2E, expected: .end), 3),
            ("0x1", .unexpectedByte(0x78, expected: .end), 1), ("1_0", .unexpectedByte(0x5F, expected: .end), 1),
            ("-Infinity", .unexpectedByte(0x49, expected: .digit), 1),
            ("1e1.5", .unexpectedByte(0x2E, expected: .end), 3),
            ("- 1", .unexpectedByte(0x20, expected: .digit), 1),
            ("\u{FF11}", .unexpectedByte(0xEF, expected: .value), 0),
        ] as [(String, JSONError.Reason, Int)])
    func malformed(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(refusal(of: text) == JSONError(reason: reason, offset: offset))
    }

    @Test("decimals are rounded as the standard library rounds them", arguments: [1, 2, 3] as [UInt64])
    func rounding(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let whole = UInt64.random(in: 0...(.max), using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
            let fraction =
                UInt64.random(in: 0...(.max), using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
            let text = "\(whole).\(fraction)e\(Int.random(in: -40...40, using: &generator))"
            #expect(try JSONValue(parsing: text).double == Double(text), "\(text), seed \(seed)")
        }
    }

    @Test("every finite double survives writing and parsing", arguments: [4, 5, 6] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let double = Double(bitPattern: generator.next())
            guard let number = JSONNumber(double) else {
                #expect(!double.isFinite)
                continue
            }
            let parsed = try JSONValue(parsing: JSONValue.number(number).serialized()).double
            #expect(parsed?.bitPattern == double.bitPattern, "\(double), seed \(seed)")
        }
    }
}

import JSON
import Testing

@Suite struct JSONValueTests {
    @Test("an accessor gives its own kind and nil for every other")
    func accessors() {
        let values: [JSONValue] = [nil, true, 1, "a", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil])
        #expect(values.map(\.int) == [nil, nil, 1, nil, nil, nil])
        #expect(values.map(\.int64) == [nil, nil, 1, nil, nil, nil])
        #expect(values.map(\.double) == [nil, nil, 1, nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, "a", nil, nil])
        #expect(values.map(\.array) == [nil, nil, nil, nil, [1], nil])
        #expect(values.map(\.object) == [nil, nil, nil, nil, nil, ["a": 1]])
        #expect(values.map { $0["a"] } == [nil, nil, nil, nil, nil, 1])
        #expect(values.map { $0[0] } == [nil, nil, nil, nil, 1, nil])
    }

    @Test("an index out of range gives nil", arguments: [-1, 2, .min, .max])
    func indexOutOfRange(index: Int) {
        #expect((["a", "b"] as JSONValue)[index] == nil)
    }

    @Test(
        "a double is an integer when it is integral and within 2^53",
        arguments: [
            (1.0, 1), (-0.0, 0), (-3.0, -3), (0x1p53, 1 << 53), (-0x1p53, -(1 << 53)), (0x1p53 + 2, nil),
            (-0x1p53 - 2, nil),
            (1.5, nil), (1e300, nil), (-1e300, nil), (.leastNonzeroMagnitude, nil),
        ] as [(Double, Int64?)])
    func integralDouble(double: Double, integer: Int64?) {
        #expect(JSONNumber(double)?.int64 == integer)
        #expect(JSONNumber(double)?.uint64 == integer.flatMap(UInt64.init(exactly:)))
    }

    @Test("infinity and NaN are no numbers", arguments: [Double.infinity, -.infinity, .nan, .signalingNaN])
    func nonFinite(double: Double) {
        #expect(JSONNumber(double) == nil)
        #expect(JSONValue(floatLiteral: double).isNull)
    }

    @Test(
        "numbers are equal when their mathematical values are",
        arguments: [
            ("9223372036854774784", "9223372036854774784.0", true), ("1", "1.0", true), ("100", "1e2", true),
            ("0", "-0", true), ("1", "2", false), ("1", "1.5", false),
            ("9007199254740993", "9007199254740992.0", false), ("9223372036854775807", "9223372036854775808.0", false),
            ("9223372036854775808", "9223372036854775808.0", true),
            ("-9223372036854775808", "-9223372036854775808.0", true),
            ("18446744073709551615", "18446744073709551616", false), ("18446744073709551615", "-1", false),
            ("9223372036854775808", "-9223372036854775808", false),
            ("18446744073709551614", "18446744073709551615", false),
        ])
    func numberEquality(lhs: String, rhs: String, areEqual: Bool) throws {
        let (lhs, rhs) = (try JSONValue(parsing: lhs), try JSONValue(parsing: rhs))
        #expect((lhs == rhs) == areEqual)
        #expect((rhs == lhs) == areEqual)
    }

    @Test("values of different kinds or contents are not equal")
    func inequality() {
        let values: [JSONValue] = [
            nil, true, false, 0, 1, "", "0", "null", [], [nil], [0], [0, 0], [:], ["a": nil], ["a": 0], ["b": 0],
            "\u{E9}", "e\u{301}", ["\u{E9}"], ["e\u{301}"],
        ]
        for (position, value) in values.enumerated() {
            for (otherPosition, other) in values.enumerated() {
                #expect((value == other) == (position == otherPosition), "\(value.text) and \(other.text)")
            }
        }
    }
}

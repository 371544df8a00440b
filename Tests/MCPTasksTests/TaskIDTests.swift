import MCPTasks
import Testing

struct TaskIDTests {
    @Test("an id is its bytes in hexadecimal digits, and is read back")
    func text() throws {
        let id = try #require(TaskID(random: (0..<16).map { UInt8($0 * 17) }))
        #expect(id.text == "00112233445566778899aabbccddeeff")
        #expect(TaskID(id.text) == id)
        let zero = try #require(TaskID(random: Array(repeating: 0, count: 16)))
        #expect(zero.text == String(repeating: "0", count: 32))
        #expect(TaskID(zero.text) == zero)
    }

    @Test(
        "nothing else is an id",
        arguments: [
            "", "0", "00112233445566778899aabbccddeef", "00112233445566778899aabbccddeeff0",
            "00112233445566778899aabbccddeeff00", "00112233445566778899AABBCCDDEEFF",
            "0011223344556677 899aabbccddeeff",
            "é0112233445566778899aabbccddeeff",
        ])
    func wrong(text: String) {
        #expect(TaskID(text) == nil)
    }

    @Test("too few or too many bytes make none", arguments: [0, 15, 17])
    func count(count: Int) {
        #expect(TaskID(random: Array(repeating: 1, count: count)) == nil)
    }

    static let moments: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
        (1_785_196_800_001, "2026-07-28T00:00:00.001Z"), (-1, "1970-01-01T00:00:00.000Z"),
        (.min, "1970-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z"),
    ]

    @Test("a moment is text to the millisecond", arguments: moments)
    func moment(milliseconds: Int64, text: String) {
        #expect(Timestamp.text(millisecondsSince1970: milliseconds) == text)
    }
}

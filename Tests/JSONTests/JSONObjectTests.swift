import JSON
import Testing

@Suite struct JSONObjectTests {
    /// Sizes on both sides of where an object begins to keep an index, and of where the index grows.
    static let sizes = [0, 1, 2, 31, 32, 33, 34, 63, 64, 65, 127, 128, 129, 500]

    private func object(of count: Int) -> JSONObject {
        JSONObject((0..<count).map { ("key \($0)", JSONValue.number(JSONNumber($0))) })
    }

    @Test("members are found, replaced in place and kept in order", arguments: sizes)
    func members(count: Int) {
        var object = object(of: count)
        #expect(object.count == count)
        #expect(object.isEmpty == (count == 0))
        for number in 0..<count { #expect(object["key \(number)"]?.int == number) }
        #expect(object["key \(count)"] == nil)
        #expect(object["key"] == nil)
        for number in 0..<count { object["key \(number)"] = .number(JSONNumber(-number)) }
        #expect(object.map(\.key) == (0..<count).map { "key \($0)" })
        #expect(object.map(\.value.int) == (0..<count).map { -$0 })
    }

    @Test("a removed member is gone and the others stay", arguments: sizes.dropFirst())
    func removal(count: Int) {
        for removed in [0, count / 2, count - 1] {
            var object = object(of: count)
            #expect(object.remove("key \(removed)")?.int == removed)
            #expect(object.remove("key \(removed)") == nil)
            #expect(object.count == count - 1)
            for number in 0..<count where number != removed { #expect(object["key \(number)"]?.int == number) }
            object["key \(removed)"] = true
            #expect(object.map(\.key).last == "key \(removed)")
            object["key \(removed)"] = nil
            #expect(object["key \(removed)"] == nil)
        }
    }

    @Test("assigning null keeps the member")
    func null() {
        var object: JSONObject = ["a": 1]
        object["a"] = .null
        #expect(object.count == 1)
        #expect(object["a"]?.isNull == true)
    }

    @Test("copies do not share changes")
    func copies() {
        let original = object(of: 40)
        var copy = original
        copy["key 0"] = nil
        copy["new"] = 1
        #expect(original["key 0"]?.int == 0)
        #expect(original["new"] == nil)
        #expect(copy.count == 40)
    }

    @Test("of members with the same key the last value wins in the place of the first")
    func duplicates() throws {
        #expect(try JSONValue(parsing: "{\"a\":1,\"b\":2,\"a\":3,\"c\":4,\"b\":5}").text == "{\"a\":3,\"b\":5,\"c\":4}")
        #expect(try JSONValue(parsing: "{\"\\u0061\":1,\"a\":2}").text == "{\"a\":2}")
        #expect((["a": 1, "a": 2] as JSONValue).text == "{\"a\":2}")
    }

    @Test("keys are compared by their bytes", arguments: [0, 40])
    func bytewiseKeys(others: Int) {
        var object = object(of: others)
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == others + 2)
        #expect(object["\u{E9}"]?.int == 1)
        #expect(object["e\u{301}"]?.int == 2)
    }

    @Test("order does not count in a comparison, keys and values do", arguments: sizes.dropFirst())
    func equality(count: Int) {
        let object = object(of: count)
        #expect(object == JSONObject(object.reversed().map { ($0.key, $0.value) }))
        var other = object
        other["key 0"] = "other"
        #expect(object != other)
        other["key 0"] = nil
        #expect(object != other)
        other["other"] = 0
        #expect(object != other)
    }

    @Test("a hundred thousand members parse at once, keys distinct or equal")
    func manyMembers() throws {
        let distinct = "{" + (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
        let object = try #require(try JSONValue(parsing: distinct).object)
        #expect(object.count == 100_000)
        #expect(object["k99999"]?.int == 99_999)
        #expect(JSONValue.object(object).text == distinct)
        #expect(object == JSONObject(object.reversed().map { ($0.key, $0.value) }))

        let equal = "{" + (0..<100_000).map { "\"k\":\($0)" }.joined(separator: ",") + "}"
        #expect(try JSONValue(parsing: equal).text == "{\"k\":99999}")
    }
}

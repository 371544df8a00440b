import JSON
import Testing

@Suite struct ParserLimitsTests {
    @Test("nesting is accepted up to the limit", arguments: [0, 1, 2, 128, JSONLimits.depthMax])
    func depth(limit: Int) throws {
        let limits = JSONLimits(depth: limit)
        for (open, close) in [("[", "]"), ("{\"\":", "}"), ("[{\"a\":", "}]")] {
            let levels = open.hasPrefix("[{") ? 2 : 1
            let nested = { (count: Int) in
                String(repeating: open, count: count / levels) + "0" + String(repeating: close, count: count / levels)
            }
            guard limit % levels == 0 else { continue }
            let value = try JSONValue(parsing: nested(limit), limits: limits)
            #expect(value == value)
            #expect(value.text == nested(limit))
            let error = refusal(of: nested(limit + levels), limits: limits)
            #expect(error == JSONError(reason: .tooDeep(limit: limit), offset: open.utf8.count * (limit / levels)))
        }
    }

    @Test("an empty container counts as a level")
    func emptyContainer() {
        let limits = JSONLimits(depth: 1)
        #expect(refusal(of: "[]", limits: limits) == nil)
        #expect(refusal(of: "[[]]", limits: limits) == JSONError(reason: .tooDeep(limit: 1), offset: 1))
        #expect(refusal(of: "[{}]", limits: limits) == JSONError(reason: .tooDeep(limit: 1), offset: 1))
    }

    @Test("no limit can be deeper than the stack allows")
    func depthMax() {
        #expect(JSONLimits(depth: .max).depth == JSONLimits.depthMax)
    }

    @Test("siblings do not add to the depth")
    func siblings() {
        #expect(refusal(of: "[[],[],{\"a\":[]},[]]", limits: JSONLimits(depth: 3)) == nil)
    }

    @Test("a million brackets are refused", arguments: ["[", "{\"a\":", "[{\"\":", "{\"a\":["])
    func bombs(unit: String) {
        guard case .tooDeep(128) = refusal(of: String(repeating: unit, count: 1_000_000 / unit.utf8.count))?.reason
        else {
            Issue.record("not refused for its depth")
            return
        }
    }

    @Test("bytes are accepted up to the limit")
    func bytes() {
        #expect(refusal(of: "[1,2]", limits: JSONLimits(bytes: 5)) == nil)
        let error = refusal(of: "[1,2]", limits: JSONLimits(bytes: 4))
        #expect(error == JSONError(reason: .tooManyBytes(limit: 4), offset: 0))
    }

    @Test(
        "values are accepted up to the limit, containers included",
        arguments: [("[0,0,0]", 4, 5), ("[[],[],[]]", 4, 7), ("{\"a\":{\"b\":1},\"a\":2}", 4, 17), ("[[[0]]]", 4, 3)])
    func values(text: String, count: Int, lastOffset: Int) {
        #expect(refusal(of: text, limits: JSONLimits(values: count)) == nil)
        let error = refusal(of: text, limits: JSONLimits(values: count - 1))
        #expect(error == JSONError(reason: .tooManyValues(limit: count - 1), offset: lastOffset))
    }

    @Test(
        "a number is accepted up to the limit of its length",
        arguments: ["12345678", "-1.5e-10", "0.123456", "12345e10"])
    func numberBytes(text: String) {
        #expect(refusal(of: "[\(text)]", limits: JSONLimits(numberBytes: 8)) == nil)
        let error = refusal(of: "[\(text)]", limits: JSONLimits(numberBytes: 7))
        #expect(error == JSONError(reason: .numberTooLong(limit: 7), offset: 1))
    }

    @Test("the default limits accept what they are meant for")
    func defaults() throws {
        let limits = JSONLimits()
        let number = "0." + String(repeating: "7", count: limits.numberBytes - 2)
        #expect(try JSONValue(parsing: number).double == 0.7777777777777778)
        #expect(refusal(of: number + "7")?.reason == .numberTooLong(limit: limits.numberBytes))
        let values = "[" + String(repeating: "0,", count: limits.values - 2) + "0]"
        #expect(refusal(of: values) == nil)
        #expect(refusal(of: "[\(values)]")?.reason == .tooManyValues(limit: limits.values))
        let text = quoted(Array(repeating: 0x61, count: limits.bytes - 2))
        #expect(refusal(of: text) == nil)
        #expect(refusal(of: text + [0x20])?.reason == .tooManyBytes(limit: limits.bytes))
    }
}

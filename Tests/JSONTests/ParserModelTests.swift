import JSON
import TestSupport
import Testing

/// Objects that follow one another are read by the keys of the one before: that must not show.
@Suite struct ParserModelTests {
    private static let objects = [
        #"{}"#, #"{"a":1}"#, #"{"a":2,"b":3}"#, #"{"b":3,"a":2}"#, #"{"a":1,"a":2}"#, #"{"b":1,"b":2}"#,
        #"{"a":1,"b":2,"b":3}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"b":2,"c":3}"#, #"{"ab":1}"#, #"{"abc":1}"#,
        #"{"\u0061":1}"#, #"{"a":1,"\u0061":2}"#, #"{"a\"b":1}"#, #"{"a"b":1}"#, #"{"a\\":1}"#, #"{"a\":1}"#,
        #"{"é":1}"#,
        #"{"é":1,"\u00e9":2}"#, #"{"a":{"a":1,"b":2},"b":2}"#, #"{"a" : 1 , "b" : 2}"#, #"{"":1}"#, #"{"":1,"":2}"#,
        #"{"a":1,}"#, #"{"a"1}"#, #"{"a":1"b":2}"#, #"{"original_language":1,"known_for_department":2}"#,
        "{\"a\u{1}\":1}", #"{"#, #"{""#, #"{"a"#, #"{"a""#, #"{"a":1,"b"#,
    ]

    private func parsed(_ text: String) -> JSONValue? { try? JSONValue(parsing: Array(text.utf8)) }

    @Test("an object after another is read as it is by itself", arguments: objects)
    func pairs(first: String) throws {
        for second in Self.objects {
            let list = parsed("[\(first),\(second)]")
            let each = [parsed(first), parsed(second)].compactMap { $0 }
            #expect(list?.text == (each.count == 2 ? JSONValue.array(each).text : nil), "\(first) \(second)")
        }
    }

    @Test("the same of objects of many members", arguments: [1, 31, 32, 33, 40])
    func many(count: Int) throws {
        let text = "{" + (0..<count).map { "\"key\($0)\":\($0)" }.joined(separator: ",") + "}"
        let twice = text.dropLast() + ",\"key0\":9}"
        let list = try #require(parsed("[\(text),\(text),\(twice),\(text)]"))
        for index in [0, 1, 3] { #expect(list[index]?.text == text) }
        #expect(list[2]?.object?.count == count)
        #expect(list[2]?["key0"] == 9)
        #expect(list[2]?["key\(count - 1)"]?.int == (count == 1 ? 9 : count - 1))
    }

    @Test("rows of several kinds are read as they are by themselves", arguments: UInt64(0)..<60)
    func kinds(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        // Keys that begin alike, more kinds than are remembered, some with more members than a search compares.
        let kinds = (0..<9).map { kind in
            (0..<(kind == 8 ? 40 : kind % 4 + 1)).map { "\"key\($0 + ($0 > kind % 3 ? kind : 0))\"" }
        }
        let rows = (0..<40).map { number in
            let keys = kinds.randomElement(using: &dice) ?? []
            let inner = kinds.randomElement(using: &dice).map { "{\($0[0]):[\(number),{\($0[0]):\(number)}]}" } ?? "{}"
            return "{" + keys.map { "\($0):\(Bool.random(using: &dice) ? "\(number)" : inner)" }.joined(separator: ",")
                + "}"
        }
        let list = try #require(parsed("[" + rows.joined(separator: ",") + "]"))
        #expect(list.text == "[" + rows.compactMap { parsed($0)?.text }.joined(separator: ",") + "]")
        for (place, row) in rows.enumerated() { #expect(list[place] == parsed(row)) }
    }

    @Test("a change of one row is not seen in another that has the same keys", arguments: [2, 31, 32, 33, 40])
    func changes(count: Int) throws {
        let text = "{" + (0..<count).map { "\"key\($0)\":\($0)" }.joined(separator: ",") + "}"
        let list = try #require(parsed("[\(text),\(text)]"))
        var row = try #require(list[0]?.object)
        row["new"] = 1
        row["key0"] = 2
        row.remove("key1")
        #expect(list[0]?.text == text)
        #expect(list[1]?.text == text)
        #expect(row.map(\.key) == ["key0"] + (2..<count).map { "key\($0)" } + ["new"])
        #expect(row["key0"] == 2 && row["key1"] == nil && row["new"] == 1)
        #expect(list[1]?["key1"] == 1 && list[1]?["new"] == nil)
    }
}

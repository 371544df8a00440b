import JSON
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
}

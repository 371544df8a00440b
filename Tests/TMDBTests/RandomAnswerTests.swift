import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// Answers that are not what TMDB documents: whatever is missing, null or of another kind is left out.
@Suite struct RandomAnswerTests {
    @Test("a result conforms to its schema, or the call fails, whatever TMDB answers", arguments: Samples.calls.indices)
    func damaged(index: Int) throws {
        let sample = Samples.calls[index]
        try Damage.check(sample.tool, sample.arguments, sample.answer, seed: UInt64(index), rounds: 100)
    }
}

/// Damages answers at random.
enum Damage {
    static func check(
        _ tool: String, _ arguments: JSONObject, _ answer: JSONValue, seed: UInt64, rounds: Int
    ) throws {
        try check(tool, arguments, seed: seed, rounds: rounds) { damage in
            Upstream(response(200, damage(answer).text))
        }
    }

    /// - Parameter upstream: makes an upstream that sends what `damage` makes of each body.
    static func check(
        _ tool: String, _ arguments: JSONObject, seed: UInt64, rounds: Int,
        upstream: (_ damage: @escaping (JSONValue) -> JSONValue) -> Upstream
    ) throws {
        for round in 0..<rounds {
            var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(round))
            let rarity = Int.random(in: 2...40, using: &generator)
            var sent = ""
            let desk = try ToolDesk(
                upstream {
                    let damaged = damage($0, oneIn: rarity, &generator)
                    sent += damaged.text.prefix(2000)
                    return damaged
                })
            guard case .structured(let content)? = try desk.call(tool, arguments) else { continue }
            let value = try content.value
            let schema = try #require(try desk.tool(tool).outputSchema)
            let problems = SchemaCheck.problems(value, schema)
            #expect(problems == [], "\(tool), seed \(seed), round \(round): \(sent)")
        }
    }

    private static func damage(_ value: JSONValue, oneIn rarity: Int, _ generator: inout SeededGenerator) -> JSONValue {
        var result = value
        switch value {
        case .object(let object):
            var kept = JSONObject()
            for (name, member) in object where Int.random(in: 0..<rarity, using: &generator) != 0 {
                kept.set(name, to: damage(member, oneIn: rarity, &generator))
            }
            result = .object(kept)
        case .array(let elements):
            result = .array(elements.map { damage($0, oneIn: rarity, &generator) })
        default: break
        }
        guard Int.random(in: 0..<rarity, using: &generator) == 0 else { return result }
        return others[Int.random(in: 0..<others.count, using: &generator)]
    }

    private static let others: [JSONValue] = [
        nil, true, 0, -1, 1e300, 0.5, -9_223_372_036_854_775_808, 9_223_372_036_854_775_807, "", "text", "\u{0}", "é",
        "2021-13-99", "9999-99-99T", "-001-01-01", [], [[]], [nil], [1], ["x"], [["id": 1]], [:], ["id": nil],
        ["results": []], ["name": ""], ["cast": [5]],
    ]
}

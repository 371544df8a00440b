import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// The tools over all that the stand-in answers.
@Suite struct SampleAnswerTests {
    @Test("the answers of all endpoints are parsed, and written as they were")
    func endpoints() throws {
        let targets = try SampleAnswers.targets()
        #expect(targets.count > 100)
        for target in targets {
            let (status, body) = try SampleAnswers.shared.get().answer(target)
            #expect(status == 200, "\(target)")
            let value = try JSONValue(parsing: Array(body.utf8))
            #expect(try JSONValue(parsing: value.serialized()) == value, "\(target)")
        }
    }

    @Test("tools make of the answers what their schemas say", arguments: ToolCalls.all.indices)
    func shapes(index: Int) throws {
        let (tool, arguments) = ToolCalls.all[index]
        for detail in ["compact", "full"] {
            var arguments = arguments
            arguments.set("detail", to: .string(detail))
            let value = try ToolDesk(SampleAnswers.shared.get().upstream()).value(tool, arguments)
            let rows = value["results"] ?? value["cast"] ?? value["episodes"] ?? value["images"] ?? value["parts"]
            #expect(rows?.array?.isEmpty == false, "\(tool) \(arguments)")
            if detail == "compact", value["results"]?.array?.count == 20 {
                #expect(value.serialized().count < 8 * 1024, "\(tool) \(arguments)")
            }
        }
    }

    @Test("damaged answers break no result", arguments: ToolCalls.all.indices)
    func damaged(index: Int) throws {
        let (tool, arguments) = ToolCalls.all[index]
        let sample = try SampleAnswers.shared.get()
        try Damage.check(tool, arguments, seed: UInt64(index), rounds: 5) { damage in sample.upstream(damage) }
    }
}

import Foundation
import JSON
import MCP
import TMDB
import Testing

/// The tools over answers of TMDB's own, for those who have them.
@Suite(.enabled(if: RealAnswers.isWanted, "an option: TMDB_RECORDINGS names no folder of TMDB's answers"))
struct RealAnswerTests {
    @Test("the example answers of all endpoints are parsed, and written as they were")
    func examples() throws {
        let paths = try RealAnswers.endpoints()
        #expect(paths.count == 106)
        for (path, endpoint) in paths {
            for (status, example) in endpoint["examples"]?.object ?? [:] {
                #expect(try JSONValue(parsing: example.serialized()) == example, "\(path) \(status)")
            }
        }
    }

    @Test("tools make of the example answers what their schemas say", arguments: ToolCalls.all.indices)
    func shapes(index: Int) throws {
        let (tool, arguments) = ToolCalls.all[index]
        let upstream = try RealAnswers.upstream()
        for detail in ["compact", "full"] {
            var arguments = arguments
            arguments.set("detail", to: .string(detail))
            let desk = try ToolDesk(upstream)
            let value = try desk.value(tool, arguments)
            let rows = value["results"] ?? value["cast"] ?? value["episodes"] ?? value["images"] ?? value["parts"]
            #expect(rows?.array?.isEmpty == false, "\(tool) \(arguments)")
            if detail == "compact", value["results"]?.array?.count == 20 {
                #expect(value.serialized().count < 8 * 1024, "\(tool) \(arguments)")
            }
        }
    }

    @Test("tools make of recorded answers what their schemas say", arguments: RealAnswers.recordings)
    func recordings(recording: RealAnswers.Recording) throws {
        let answer = try RealAnswers.recorded(recording.file)
        for detail in ["compact", "full"] {
            var arguments = recording.arguments
            arguments.set("detail", to: .string(detail))
            let value = try desk(answer).value(recording.tool, arguments)
            let rows = value["results"] ?? value["parts"] ?? value["videos"]
            #expect(rows?.array?.isEmpty == false)
            if detail == "compact" {
                #expect(value.serialized().count < 8 * 1024, "\(recording.file): \(value.serialized().count)")
            }
        }
    }

    @Test("damaged recordings break no result", arguments: RealAnswers.recordings)
    func damaged(recording: RealAnswers.Recording) throws {
        let answer = try RealAnswers.recorded(recording.file)
        try Damage.check(recording.tool, recording.arguments, answer, seed: 7, rounds: 5)
    }
}

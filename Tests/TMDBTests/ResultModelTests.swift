import Upstream
import HTTPTypes
import JSON
import MCP
import TMDB
import TestSupport
import Testing

/// Calls of tools, answers, failures and time that goes both ways in random order: whose results they are, and how old.
struct ResultModelTests {
    /// Two that use the server's key, and two that bring their own.
    private static let callers = [
        Caller(id: 1), Caller(id: 2), Caller(id: 3, forwardedHeader: v4Token),
        Caller(id: 4, forwardedHeader: String(repeating: "b", count: 32)),
    ]

    /// One answer of TMDB's: which credential it is for, and when it is fresh.
    private struct Answer {
        let credentialNumber: String
        let from: Int64
        let until: Int64
    }

    /// What the random events have led to.
    private final class Run {
        var dice: SeededGenerator
        var answers: [Answer] = []
        var results = 0
        var hits = 0

        init(seed: UInt64) { dice = SeededGenerator(seed: seed) }
    }

    @Test("a result is its caller's own, and of answers that are fresh", arguments: 0..<30)
    func model(seed: UInt64) throws {
        let bench = try UpstreamBench()
        bench.configuration.cacheBytesMax = 30_000
        bench.configuration.requestsPerSecond = 1000
        let run = Run(seed: seed)
        bench.onTry = { attempt in
            Int.random(in: 0..<3, using: &run.dice) == 0 ? nil : Self.outcome(for: attempt, bench.clock, run)
        }
        let tools = TMDBServer.make(version: "1.2.3", context: TMDBContext(client: bench.client)).tools
        for _ in 0..<400 {
            switch Int.random(in: 0..<10, using: &run.dice) {
            case 0...5: try call(tools, bench.clock, run)
            case 6:
                guard let attempt = bench.open.randomElement(using: &run.dice) else { break }
                attempt.answer(Self.outcome(for: attempt, bench.clock, run))
            case 7: bench.clock.calendar += Int64.random(in: -3...3, using: &run.dice)
            default: bench.clock.advance(Double.random(in: 0...1.5, using: &run.dice))
            }
        }
        #expect(run.results > 100)
        #expect(run.hits > 5)
    }

    private func call(_ tools: [Tool], _ clock: HandClock, _ run: Run) throws {
        let caller = try #require(Self.callers.randomElement(using: &run.dice))
        let isSearch = Bool.random(using: &run.dice)
        let tool = try #require(tools.first { $0.name == (isSearch ? "search" : "get_media") })
        let number = Int.random(in: 1...3, using: &run.dice)
        let arguments: JSONObject =
            isSearch ? ["query": .string("\(number)")] : ["media_type": "movie", "id": .number(JSONNumber(number))]
        let request = try makeRequest(from: caller)
        let began = run.answers.count
        _ = tool.run(try tool.input.check(arguments), request) { result in
            guard case .structured(let content) = result, let value = try? content.value else { return }
            run.results += 1
            if request.upstream.answers + request.upstream.staleAnswers == 0 { run.hits += 1 }
            let texts = [
                value["results"]?[0]?["title"], value["videos"]?[0]?["name"], value["images"]?[0]?["language"],
            ]
            let calendar = clock.dependencies.calendar()
            for number in texts.compactMap({ $0?.string.flatMap { Int($0) } }) {
                let answer = run.answers[number]
                #expect(answer.credentialNumber == Self.credentialNumber(caller.forwardedHeader ?? v3Key))
                // One that came while the call waited may be used once, and one past its time is told of.
                if number >= began || request.upstream.staleAnswers > 0 || request.upstream.answers > 0 { continue }
                #expect(answer.from <= calendar && calendar < answer.until, "\(number) at \(calendar)")
            }
        }
    }

    private static func credentialNumber(_ text: String) -> String { String(text.suffix(4)) }

    private static func outcome(for attempt: UpstreamBench.Try, _ clock: HandClock, _ run: Run) -> Upstream.Outcome {
        switch Int.random(in: 0..<12, using: &run.dice) {
        case 0: return response(503)
        case 1: return response(404)
        case 2: return response(401)
        default: break
        }
        let seconds = Int64.random(in: 0...6, using: &run.dice)
        let now = clock.dependencies.calendar()
        let key = attempt.request.headers["Authorization"] ?? attempt.request.url
        let number = run.answers.count
        run.answers.append(Answer(credentialNumber: credentialNumber(key), from: now, until: now + seconds))
        let body =
            switch attempt.target {
            case "/search/multi":
                #"{"page":1,"total_pages":1,"total_results":1,"results":"#
                    + #"[{"id":1,"media_type":"movie","title":"\#(number)"}]}"#
            case let path where path.hasSuffix("/videos"):
                #"{"results":[{"name":"\#(number)","key":"k","site":"YouTube"}]}"#
            default: #"{"posters":[{"file_path":"/p","iso_639_1":"\#(number)"}]}"#
            }
        return fresh(seconds, body)
    }
}

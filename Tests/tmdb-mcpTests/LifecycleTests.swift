import Testing
import tmdb_mcp

/// Every event in every state that the program can be in.
struct LifecycleTests {
    typealias State = Lifecycle.State

    enum Event: CaseIterable {
        case inputEnded, inputFailed, stdioSettled, outputClosed, signalReceived, httpDrained, stopTimePassed

        func tell(_ lifecycle: inout Lifecycle) -> Lifecycle.Action {
            switch self {
            case .inputEnded: lifecycle.inputEnded(failed: false)
            case .inputFailed: lifecycle.inputEnded(failed: true)
            case .stdioSettled: lifecycle.stdioSettled()
            case .outputClosed: lifecycle.outputClosed()
            case .signalReceived: lifecycle.signalReceived()
            case .httpDrained: lifecycle.httpDrained()
            case .stopTimePassed: lifecycle.stopTimePassed()
            }
        }
    }

    struct Step {
        let event: Event
        let action: Lifecycle.Action
        let next: State

        init(_ event: Event, _ action: Lifecycle.Action, _ next: State) {
            self.event = event
            self.action = action
            self.next = next
        }
    }

    /// What each event does; those that are not told of do nothing, and are named by `ignored`.
    struct Row {
        let state: State
        let steps: [Step]
        let ignored: [Event]

        init(_ state: State, _ steps: [Step], ignoring ignored: [Event]) {
            self.state = state
            self.steps = steps
            self.ignored = ignored
        }
    }

    static let done = State.stopped(failed: false)
    static let failed = State.stopped(failed: true)
    static let httpAlone = State.serving(stdio: nil, http: true)

    static let table: [Row] =
        [false, true].flatMap { http in
            [
                Row(
                    .serving(stdio: .reading, http: http),
                    [
                        Step(.inputEnded, .finishStdio, .serving(stdio: .finishing(failed: false), http: http)),
                        Step(.inputFailed, .finishStdio, .serving(stdio: .finishing(failed: true), http: http)),
                        Step(.outputClosed, http ? .closeStdio : .exit, http ? httpAlone : failed),
                        Step(.signalReceived, .stop(stdio: .finish), .stopping(stdio: true, http: http, failed: false)),
                    ],
                    ignoring: [.stdioSettled, .httpDrained, .stopTimePassed])
            ]
                + [false, true].flatMap { hasFailed in
                    [
                        Row(
                            .serving(stdio: .finishing(failed: hasFailed), http: http),
                            [
                                Step(
                                    .stdioSettled, http ? .closeStdio : .exit,
                                    http ? httpAlone : .stopped(failed: hasFailed)),
                                Step(.outputClosed, http ? .closeStdio : .exit, http ? httpAlone : failed),
                                Step(
                                    .signalReceived, http ? .stop(stdio: .close) : .exit,
                                    http
                                        ? .stopping(stdio: false, http: true, failed: hasFailed)
                                        : .stopped(failed: hasFailed)),
                            ],
                            ignoring: [.inputEnded, .inputFailed, .httpDrained, .stopTimePassed])
                    ]
                }
        } + [
            Row(
                httpAlone,
                [Step(.signalReceived, .stop(stdio: .none), .stopping(stdio: false, http: true, failed: false))],
                ignoring: [.inputEnded, .inputFailed, .stdioSettled, .outputClosed, .httpDrained, .stopTimePassed]),
            Row(
                .stopping(stdio: true, http: true, failed: false),
                [
                    Step(.stdioSettled, .closeStdio, .stopping(stdio: false, http: true, failed: false)),
                    Step(.outputClosed, .closeStdio, .stopping(stdio: false, http: true, failed: true)),
                    Step(.signalReceived, .exit, done), Step(.stopTimePassed, .exit, done),
                    Step(.httpDrained, .closeHTTP, .stopping(stdio: true, http: false, failed: false)),
                ],
                ignoring: [.inputEnded, .inputFailed]),
            Row(
                .stopping(stdio: true, http: false, failed: false),
                [
                    Step(.stdioSettled, .exit, done), Step(.outputClosed, .exit, failed),
                    Step(.signalReceived, .exit, done), Step(.stopTimePassed, .exit, done),
                ],
                ignoring: [.inputEnded, .inputFailed, .httpDrained]),
        ]
        + [false, true].flatMap { hasFailed in
            let end = State.stopped(failed: hasFailed)
            return [
                Row(
                    .stopping(stdio: false, http: true, failed: hasFailed),
                    [
                        Step(.signalReceived, .exit, end), Step(.httpDrained, .exit, end),
                        Step(.stopTimePassed, .exit, end),
                    ],
                    ignoring: [.inputEnded, .inputFailed, .stdioSettled, .outputClosed]),
                Row(end, [], ignoring: Event.allCases),
            ]
        }

    /// The states that events lead to, each with the way there.
    static func reachable() -> [(state: State, start: (stdio: Bool, http: Bool), path: [Event])] {
        var found: [(state: State, start: (stdio: Bool, http: Bool), path: [Event])] = []
        for start in [(stdio: false, http: false), (true, false), (false, true), (true, true)] {
            var paths: [[Event]] = [[]]
            while let path = paths.popLast() {
                let state = lifecycle(start, path).state
                if found.contains(where: { $0.state == state }) { continue }
                found.append((state, start, path))
                paths += Event.allCases.map { path + [$0] }
            }
        }
        return found
    }

    static func lifecycle(_ start: (stdio: Bool, http: Bool), _ path: [Event]) -> Lifecycle {
        var lifecycle = Lifecycle(stdio: start.stdio, http: start.http)
        for event in path { _ = event.tell(&lifecycle) }
        return lifecycle
    }

    @Test("each state that can be is in the table, and each of the table can be")
    func states() {
        let reachable = Self.reachable().map { $0.state }
        for state in reachable { #expect(Self.table.contains { $0.state == state }, "\(state)") }
        for row in Self.table { #expect(reachable.contains(row.state), "\(row.state)") }
    }

    @Test("every event in every state", arguments: Event.allCases)
    func transition(event: Event) throws {
        for (state, start, path) in Self.reachable() {
            let row = try #require(Self.table.first { $0.state == state })
            let step = row.steps.first { $0.event == event }
            try #require((step == nil) == row.ignored.contains(event), "\(state) tells of it not once")
            var lifecycle = Self.lifecycle(start, path)
            let action = event.tell(&lifecycle)
            let next = lifecycle.state
            #expect(action == step?.action ?? .none && next == step?.next ?? state, "\(state): \(action), \(next)")
        }
    }

    @Test("the program fails when nothing is served, and when what it stopped for has failed")
    func failure() {
        for (state, start, path) in Self.reachable() {
            let hasFailed = Self.lifecycle(start, path).hasFailed
            let isFailure = "\(state)".contains("failed: true") && !"\(state)".hasPrefix("serving")
            #expect(hasFailed == isFailure, "\(state)")
        }
        let nothing = Lifecycle(stdio: false, http: false).hasFailed
        #expect(nothing)
    }
}

import Testing
import tmdb_mcp

/// Every event in every state that the program can be in.
struct LifecycleTests {
    typealias State = Lifecycle.State

    enum Event: CaseIterable {
        case messageReceived, inputEnded, inputFailed, stdioSettled, outputClosed, signalReceived, signalWithClients
        case httpDrained, timePassed

        func tell(_ lifecycle: inout Lifecycle) -> Lifecycle.Action {
            switch self {
            case .messageReceived: lifecycle.messageReceived()
            case .inputEnded: return lifecycle.inputEnded(failed: false)
            case .inputFailed: return lifecycle.inputEnded(failed: true)
            case .stdioSettled: return lifecycle.stdioSettled()
            case .outputClosed: return lifecycle.outputClosed()
            case .signalReceived: return lifecycle.signalReceived(drains: false)
            case .signalWithClients: return lifecycle.signalReceived(drains: true)
            case .httpDrained: return lifecycle.httpDrained()
            case .timePassed: return lifecycle.timePassed()
            }
            return .none
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

    /// What each event does; those that are not told of do nothing.
    struct Row {
        let state: State
        let steps: [Step]

        init(_ state: State, _ steps: [Step]) {
            self.state = state
            self.steps = steps
        }
    }

    static let both = [false, true]

    static func reading(isUsed: Bool, http: Bool) -> Row {
        let used = State.serving(stdio: .reading(isUsed: true), http: http)
        let stopping = State.stopping(stdio: true, http: http, failed: false)
        let stop = Lifecycle.Action.stop(stdio: .finish(isLast: false))
        var steps = [
            Step(.signalReceived, stop, stopping),
            http
                ? Step(
                    .signalWithClients, .drain(stdio: .finish(isLast: false)), .draining(stdio: true, failed: false))
                : Step(.signalWithClients, stop, stopping),
        ]
        if !isUsed { steps.append(Step(.messageReceived, .none, used)) }
        if isUsed && http {
            // The program ends with its client.
            let end = Lifecycle.Action.stop(stdio: .finish(isLast: true))
            steps += [
                Step(.inputEnded, end, .stopping(stdio: true, http: true, failed: false)),
                Step(.inputFailed, end, .stopping(stdio: true, http: true, failed: true)),
                Step(.outputClosed, .stop(stdio: .close), .stopping(stdio: false, http: true, failed: true)),
            ]
        } else {
            steps += [
                Step(.inputEnded, .finishStdio, .serving(stdio: .finishing(failed: false), http: http)),
                Step(.inputFailed, .finishStdio, .serving(stdio: .finishing(failed: true), http: http)),
                Step(
                    .outputClosed, http ? .closeStdio : .exit,
                    http ? .serving(stdio: nil, http: true) : .stopped(failed: true)),
            ]
        }
        return Row(.serving(stdio: .reading(isUsed: isUsed), http: http), steps)
    }

    static func finishing(failed: Bool, http: Bool) -> Row {
        let alone = State.serving(stdio: nil, http: true)
        let end = State.stopped(failed: failed)
        let stopping = State.stopping(stdio: false, http: true, failed: failed)
        return Row(
            .serving(stdio: .finishing(failed: failed), http: http),
            [
                Step(.stdioSettled, http ? .closeStdio : .exit, http ? alone : end),
                Step(.outputClosed, http ? .closeStdio : .exit, http ? alone : .stopped(failed: true)),
                Step(.signalReceived, http ? .stop(stdio: .close) : .exit, http ? stopping : end),
                Step(
                    .signalWithClients, http ? .drain(stdio: .close) : .exit,
                    http ? .draining(stdio: false, failed: failed) : end),
            ])
    }

    static func draining(stdio: Bool, failed: Bool) -> Row {
        let end = State.stopped(failed: failed)
        let steps = [
            Step(.signalReceived, .exit, end), Step(.signalWithClients, .exit, end),
            Step(.timePassed, .stop(stdio: .none), .stopping(stdio: stdio, http: true, failed: failed)),
        ]
        let ends = [
            Step(.stdioSettled, .closeStdio, .draining(stdio: false, failed: failed)),
            Step(.outputClosed, .closeStdio, .draining(stdio: false, failed: true)),
        ]
        return Row(.draining(stdio: stdio, failed: failed), steps + (stdio ? ends : []))
    }

    static func stopping(stdio: Bool, http: Bool, failed: Bool) -> Row {
        let end = State.stopped(failed: failed)
        var steps = [
            Step(.signalReceived, .exit, end), Step(.signalWithClients, .exit, end),
            http
                ? Step(.timePassed, .giveUpHTTP, .givingUp(failed: failed)) : Step(.timePassed, .exit, end),
        ]
        if http {
            steps.append(
                stdio
                    ? Step(.httpDrained, .closeHTTP, .stopping(stdio: true, http: false, failed: failed))
                    : Step(.httpDrained, .exit, end))
        }
        if stdio {
            let alone = { State.stopping(stdio: false, http: true, failed: $0) }
            steps += [
                Step(.stdioSettled, http ? .closeStdio : .exit, http ? alone(failed) : end),
                Step(.outputClosed, http ? .closeStdio : .exit, http ? alone(true) : .stopped(failed: true)),
            ]
        }
        return Row(.stopping(stdio: stdio, http: http, failed: failed), steps)
    }

    static let table: [Row] =
        both.flatMap { http in
            both.map { reading(isUsed: $0, http: http) } + both.map { finishing(failed: $0, http: http) }
        }
        + both.flatMap { failed in
            let end = State.stopped(failed: failed)
            return [
                draining(stdio: false, failed: failed),
                stopping(stdio: true, http: true, failed: failed), stopping(stdio: true, http: false, failed: failed),
                stopping(stdio: false, http: true, failed: failed),
                Row(
                    .givingUp(failed: failed),
                    [
                        Step(.signalReceived, .exit, end), Step(.signalWithClients, .exit, end),
                        Step(.httpDrained, .exit, end), Step(.timePassed, .exit, end),
                    ]),
                Row(end, []),
            ]
        } + [
            draining(stdio: true, failed: false),
            Row(
                .serving(stdio: nil, http: true),
                [
                    Step(.signalReceived, .stop(stdio: .none), .stopping(stdio: false, http: true, failed: false)),
                    Step(.signalWithClients, .drain(stdio: .none), .draining(stdio: false, failed: false)),
                ]),
        ]

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
            try #require(row.steps.filter { $0.event == event }.count <= 1, "\(state) tells of it twice")
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

import TestSupport
import MCPHTTP
import Testing

/// Every event in every state of the response to a POST.
struct PostReplyStateMachineTests {
    typealias State = PostReplyStateMachine.State

    enum Event: CaseIterable {
        case messageGiven, answerGiven, requestCancelled, pauseGiven, waitBegan, waitedLong, clientLeft

        func tell(_ machine: inout PostReplyStateMachine, isOpen: Bool) -> String {
            switch self {
            case .messageGiven: "\(machine.messageGiven(isOpen: isOpen))"
            case .answerGiven: "\(machine.answerGiven(isOpen: isOpen))"
            case .requestCancelled: "\(machine.requestCancelled())"
            case .pauseGiven: "\(machine.pauseGiven(isOpen: isOpen))"
            case .waitBegan: "\(machine.waitBegan(isOpen: isOpen))"
            case .waitedLong: machine.waitedLong(isOpen: isOpen) ? "startStream" : "none"
            case .clientLeft: machine.clientLeft() ? "tell" : "none"
            }
        }
    }

    /// What a client accepts.
    enum Client: CaseIterable {
        case both, bothAndPauses, json, stream, neither

        func machine(in state: State) -> PostReplyStateMachine {
            var machine = PostReplyStateMachine(
                acceptsJSON: self != .stream && self != .neither, acceptsStream: self != .json && self != .neither,
                mayPause: self == .bothAndPauses)
            switch state {
            case .starting: break
            case .waiting: _ = machine.waitBegan(isOpen: false)
            case .streaming: _ = machine.messageGiven(isOpen: true)
            case .ended: _ = machine.requestCancelled()
            }
            return machine
        }
    }

    struct Row {
        let event: Event
        let state: State
        let clients: [Client]
        let isOpen: [Bool]
        let action: String
        let next: State

        init(
            _ event: Event, _ state: State, of clients: [Client] = Client.allCases, isOpen: Bool? = nil,
            _ action: String, _ next: State
        ) {
            self.event = event
            self.state = state
            self.clients = clients
            self.isOpen = isOpen.map { [$0] } ?? [false, true]
            self.action = action
            self.next = next
        }
    }

    static let states: [State] = [.starting, .waiting, .streaming, .ended]
    static let streaming: [Client] = [.both, .bothAndPauses, .stream]
    static let table: [Row] =
        [State.starting, .waiting].flatMap { state in
            [
                Row(.messageGiven, state, of: streaming, isOpen: true, "startStreamAndSend", .streaming),
                Row(.messageGiven, state, of: streaming, isOpen: false, "none", state),
                Row(.messageGiven, state, of: [.json, .neither], "none", state),
                Row(.answerGiven, state, of: [.both, .bothAndPauses, .json], "respond", .ended),
                Row(.answerGiven, state, of: [.stream, .neither], isOpen: true, "startStreamAndFinish", .ended),
                Row(.answerGiven, state, of: [.stream, .neither], isOpen: false, "none", .ended),
                Row(.requestCancelled, state, "respondEmpty", .ended),
                Row(.pauseGiven, state, of: [.bothAndPauses], isOpen: true, "startStreamAndDisconnect", .streaming),
                Row(.pauseGiven, state, of: [.bothAndPauses], isOpen: false, "none", state),
                Row(.pauseGiven, state, of: [.both, .json, .stream, .neither], "none", state),
                Row(.clientLeft, state, "tell", .ended),
            ]
        } + [
            Row(.waitBegan, .starting, of: [.json, .neither], "watch", .waiting),
            Row(.waitBegan, .starting, of: [.both, .bothAndPauses], "watchAndStartStreamLater", .waiting),
            Row(.waitBegan, .starting, of: [.stream], isOpen: true, "startStream", .streaming),
            Row(.waitBegan, .starting, of: [.stream], isOpen: false, "watchAndStartStreamLater", .waiting),
            Row(.waitBegan, .waiting, "none", .waiting),
            Row(.waitedLong, .starting, "none", .starting),
            Row(.waitedLong, .waiting, isOpen: true, "startStream", .streaming),
            Row(.waitedLong, .waiting, isOpen: false, "none", .waiting),

            Row(.messageGiven, .streaming, of: streaming, "send", .streaming),
            Row(.answerGiven, .streaming, of: streaming, "finish", .ended),
            Row(.requestCancelled, .streaming, of: streaming, "finish", .ended),
            Row(.pauseGiven, .streaming, of: [.bothAndPauses], "disconnect", .streaming),
            Row(.pauseGiven, .streaming, of: [.both, .stream], "none", .streaming),
            Row(.waitBegan, .streaming, of: streaming, "none", .streaming),
            Row(.waitedLong, .streaming, of: streaming, "none", .streaming),
            Row(.clientLeft, .streaming, of: streaming, "tell", .ended),
        ] + Event.allCases.map { Row($0, .ended, "none", .ended) }

    @Test("every event in every state has one outcome", arguments: Event.allCases, states)
    func transition(event: Event, state: State) throws {
        for client in Client.allCases {
            // Nothing is streamed to a client that takes no stream, but for its answer at last.
            if state == .streaming, !Self.streaming.contains(client) { continue }
            for isOpen in [false, true] {
                let rows = Self.table.filter {
                    $0.event == event && $0.state == state && $0.clients.contains(client) && $0.isOpen.contains(isOpen)
                }
                try #require(rows.count == 1, "the table tells of it \(rows.count) times: \(client), \(isOpen)")
                var machine = client.machine(in: state)
                try #require("\(machine.state)" == "\(state)")
                let action = event.tell(&machine, isOpen: isOpen)
                let next = machine.state
                #expect(action == rows[0].action && next == rows[0].next, "\(client), \(isOpen): \(action), \(next)")
            }
        }
    }
}

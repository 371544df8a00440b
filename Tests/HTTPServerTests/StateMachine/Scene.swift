import HTTPServer
import System

/// The states that a connection can be in, and what leads there.
enum Scene: String, CaseIterable {
    case idle, idleAfterStream, head, waiting, deciding, body, answering, answeringShortBody, handling, streaming
    case streamingNothing, discarding, closing, closingLingering, lingering, closed

    static let start = Instant(nanoseconds: 1_000_000_000)
    static let limits = HTTPServerLimits()
    static let shared = SharedLimits(limits)
    static let kept = Exchange(persistence: .keep)

    var machine: HTTPConnectionStateMachine {
        var machine = HTTPConnectionStateMachine(limits: Self.shared)
        arrange(&machine)
        return machine
    }

    private func arrange(_ machine: inout HTTPConnectionStateMachine) {
        switch self {
        case .idle: _ = machine.settled(queuedBytes: 0, now: Self.start)
        case .idleAfterStream:
            Scene.streaming.arrange(&machine)
            _ = machine.streamEnded()
            _ = machine.settled(queuedBytes: 0, now: Self.start)
        case .head: machine.headBegan(now: Self.start)
        case .waiting:
            Scene.handling.arrange(&machine)
            _ = machine.bytesAvailable(queuedBytes: 0, wasFlushed: false)
            _ = machine.responseGiven(allowsBody: true)
        case .deciding: machine.headEnded(Self.kept)
        case .body:
            Scene.deciding.arrange(&machine)
            _ = machine.bodyAccepted(
                .chunked, bytesMax: 9, bytesAtHand: 0, awaitsContinue: false, now: Self.start)
        case .answering: _ = machine.faultFound(.unknownMethod)
        case .answeringShortBody:
            Scene.deciding.arrange(&machine)
            _ = machine.bodyUnwanted(.chunked, awaitsContinue: false, now: Self.start)
        case .handling:
            Scene.body.arrange(&machine)
            _ = machine.bodyEnded()
        case .streaming:
            Scene.handling.arrange(&machine)
            _ = machine.streamStarted(allowsBody: true)
        case .streamingNothing:
            Scene.handling.arrange(&machine)
            _ = machine.streamStarted(allowsBody: false)
        case .discarding:
            Scene.answeringShortBody.arrange(&machine)
            _ = machine.responseGiven(allowsBody: true)
        case .closing:
            machine.headEnded(Exchange(persistence: .close(lingering: false)))
            _ = machine.bodyAccepted(
                .known(0), bytesMax: 0, bytesAtHand: 0, awaitsContinue: false, now: Self.start)
            _ = machine.responseGiven(allowsBody: true)
        case .closingLingering:
            Scene.answering.arrange(&machine)
            _ = machine.responseGiven(allowsBody: true)
        case .lingering:
            Scene.closingLingering.arrange(&machine)
            _ = machine.outputDrained(now: Self.start)
        case .closed: _ = machine.connectionLost()
        }
    }
}

/// All that a connection can be told, once in the way that the table is about.
enum Event: String, CaseIterable {
    case becameReadable, bytesPeeked, bytesReceived, inputEnded, inputEndReported, bytesAvailable, headBegan, headEnded
    case bodyAccepted, bodyUnwanted, bodyBytesTaken, bodyEnded, faultFound, responseGiven, streamStarted, partGiven
    case streamEnded, bytesWritten, outputDrained, settled, deadlineReached, stalled, drainBegan, shutdownRequested
    case connectionLost

    /// Returns the action without what it carries.
    func tell(_ machine: inout HTTPConnectionStateMachine) -> String {
        let now = Scene.start
        let limits = Scene.limits
        switch self {
        case .becameReadable: return brief(machine.becameReadable())
        case .bytesPeeked: machine.bytesPeeked()
        case .bytesReceived: return brief(machine.bytesReceived())
        case .inputEnded: return brief(machine.inputEnded())
        case .inputEndReported: return brief(machine.inputEndReported())
        case .bytesAvailable:
            return brief(machine.bytesAvailable(queuedBytes: 0, wasFlushed: false))
        case .headBegan: machine.headBegan(now: now)
        case .headEnded: machine.headEnded(Scene.kept)
        case .bodyAccepted:
            return brief(
                machine.bodyAccepted(
                    .known(1), bytesMax: 1, bytesAtHand: 0, awaitsContinue: false, now: now))
        case .bodyUnwanted:
            return brief(machine.bodyUnwanted(.known(1), awaitsContinue: false, now: now))
        case .bodyBytesTaken: machine.bodyBytesTaken(1)
        case .bodyEnded: return brief(machine.bodyEnded())
        case .faultFound: return brief(machine.faultFound(.unknownMethod))
        case .responseGiven: return brief(machine.responseGiven(allowsBody: true))
        case .streamStarted: return brief(machine.streamStarted(allowsBody: true))
        case .partGiven:
            return brief(machine.partGiven(bytes: 1, queuedBytes: 0, wasFlushed: false))
        case .streamEnded: return brief(machine.streamEnded())
        case .bytesWritten: machine.bytesWritten(1, now: now)
        case .outputDrained: return brief(machine.outputDrained(now: now))
        case .settled: return brief(machine.settled(queuedBytes: 0, now: now))
        case .deadlineReached:
            return brief(machine.deadlineReached(queuedBytes: 0, now: now + .seconds(100_000)))
        case .stalled:
            machine.bytesWritten(0, now: now)
            return brief(machine.deadlineReached(queuedBytes: 1, now: now + limits.stallTime))
        case .drainBegan: machine.drainBegan()
        case .shutdownRequested: return brief(machine.shutdownRequested(queuedBytes: 0))
        case .connectionLost: return brief(machine.connectionLost())
        }
        return "none"
    }
}

/// A case's name, and whether it says that the owner of a response is to be told.
func brief(_ value: some Any) -> String {
    let text = String(describing: value)
    let name = String(text.prefix { $0 != "(" })
    return text.contains("tellingOwner: true") ? name + ", telling" : name
}

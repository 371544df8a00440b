import HTTPServer
import System
import Testing

/// What a connection's state machine makes of requests.
struct ReadingTests {
    typealias Machine = HTTPConnectionStateMachine
    static let now = Scene.start
    static let limits = Scene.limits

    struct Wanted: CustomTestStringConvertible {
        let length: Machine.BodyLength
        let bytesAtHand: Int
        let awaitsContinue: Bool
        let action: Machine.BodyAcceptedAction
        var testDescription: String { "\(length), \(bytesAtHand) at hand, \(awaitsContinue): \(action)" }

        init(
            _ length: Machine.BodyLength, atHand bytesAtHand: Int = 0, awaitsContinue: Bool = false,
            _ action: Machine.BodyAcceptedAction
        ) {
            self.length = length
            self.bytesAtHand = bytesAtHand
            self.awaitsContinue = awaitsContinue
            self.action = action
        }
    }

    @Test(
        "a body that is wanted",
        arguments: [
            Wanted(.known(0), .handOn(bodyBytes: 0)),
            Wanted(.known(0), awaitsContinue: true, .handOn(bodyBytes: 0)),
            Wanted(.known(10), atHand: 10, .handOn(bodyBytes: 10)),
            Wanted(.known(10), atHand: 11, .handOn(bodyBytes: 10)),
            Wanted(.known(10), atHand: 9, .readBody(length: 10, sendingContinue: false)),
            Wanted(.known(10), awaitsContinue: true, .readBody(length: 10, sendingContinue: true)),
            Wanted(.known(10), atHand: 1, awaitsContinue: true, .readBody(length: 10, sendingContinue: false)),
            Wanted(.chunked, atHand: 100, .readBody(length: 0, sendingContinue: false)),
            Wanted(.chunked, awaitsContinue: true, .readBody(length: 0, sendingContinue: true)),
            Wanted(.known(11), atHand: 11, .refuse(.bodyTooLarge(bytesMax: 10))),
            Wanted(.known(.max), awaitsContinue: true, .refuse(.bodyTooLarge(bytesMax: 10))),
        ])
    func wanted(_ body: Wanted) {
        var machine = Scene.deciding.machine
        let action = machine.bodyAccepted(
            body.length, bytesMax: 10, bytesAtHand: body.bytesAtHand, awaitsContinue: body.awaitsContinue,
            now: Self.now)
        #expect(action == body.action)
    }

    @Test(
        "a body that is not wanted is discarded when it is short and sure to come, else the connection ends",
        arguments: [
            (Machine.BodyLength.known(0), false, Exchange.Persistence.keep, Machine.BodyUnwantedAction.respond, "idle"),
            (.known(65_536), false, .keep, .respondAndDiscard(length: 65_536), "discarding"),
            (.known(65_537), false, .keep, .respond, "closing lingering"),
            (.known(.max), false, .keep, .respond, "closing lingering"),
            (.chunked, false, .keep, .respondAndDiscard(length: 0), "discarding"),
            (.known(1), true, .keep, .respond, "closing lingering"),
            (.known(1), false, .close(lingering: false), .respond, "closing lingering"),
            (.known(0), false, .close(lingering: false), .respond, "closing"),
        ])
    func unwanted(
        length: Machine.BodyLength, awaitsContinue: Bool, persistence: Exchange.Persistence,
        action: Machine.BodyUnwantedAction, next: String
    ) {
        var machine = Machine(limits: Scene.shared)
        machine.headEnded(Exchange(persistence: persistence))
        let taken = machine.bodyUnwanted(
            length, awaitsContinue: awaitsContinue, now: Self.now)
        #expect(taken == action)
        _ = machine.responseGiven(allowsBody: true)
        let isLingering = machine.state == .closing(lingering: true)
        #expect(brief(machine.state) + (isLingering ? " lingering" : "") == next)
    }

    @Test("requests at hand wait after their turn, and go on in the next")
    func turn() {
        var machine = Machine(limits: Scene.shared)
        for _ in 0..<16 {
            let action = machine.bytesAvailable(queuedBytes: 0, wasFlushed: false)
            #expect(action == .parseHead)
            machine.headEnded(Scene.kept)
            _ = machine.bodyAccepted(
                .known(0), bytesMax: 0, bytesAtHand: 0, awaitsContinue: false, now: Self.now)
            _ = machine.responseGiven(allowsBody: true)
        }
        let action = machine.bytesAvailable(queuedBytes: 0, wasFlushed: false)
        var canResume = machine.canResume(queuedBytes: 0)
        #expect(action == .keep && !canResume)
        let wait = machine.settled(queuedBytes: 0, now: Self.now)
        #expect(wait == .wait(.init(.hangUp, until: .never, resumesSoon: true)))
        canResume = machine.canResume(queuedBytes: 0)
        #expect(canResume)
    }

    @Test("requests at hand wait while a client leaves too much unread, which is offered to it once more")
    func full() {
        let most = Self.limits.pipelineQueuedBytesMax
        var machine = Scene.idle.machine
        for (queued, wasFlushed, action) in [
            (most, false, Machine.BytesAction.parseHead), (most + 1, false, .flush), (most, true, .parseHead),
            (most + 1, true, .keep),
        ] {
            let taken = machine.bytesAvailable(queuedBytes: queued, wasFlushed: wasFlushed)
            #expect(taken == action)
        }
        #expect(machine.state == .waiting)
        let canResume = [most, most + 1].map { queued in
            machine.canResume(queuedBytes: queued)
        }
        #expect(canResume == [true, false])
    }

    @Test("a head has its time from its first byte on, however often more of it comes")
    func headTime() {
        var machine = Machine(limits: Scene.shared)
        machine.headBegan(now: Self.now)
        machine.headBegan(now: Self.now + .seconds(9))
        let due = Self.now + Self.limits.headTime
        #expect(machine.state == .head(deadline: due))
        let early = machine.deadlineReached(
            queuedBytes: 0, now: Instant(nanoseconds: due.nanoseconds - 1))
        #expect(early == .none)
        let late = machine.deadlineReached(queuedBytes: 0, now: due)
        #expect(late == .refuse(.headTooSlow(Self.limits.headTime)))
    }

    @Test("a body has its time, and must make progress until then", arguments: [Scene.body, .discarding])
    func bodyTime(scene: Scene) {
        let tooSlow: Machine.DeadlineAction =
            scene == .body ? .refuse(.bodyTooSlow(Self.limits.bodyTime)) : .close
        for (bytes, seconds, action) in [
            (1024, 9, Machine.DeadlineAction.none), (1023, 10, tooSlow), (1024, 10, .none), (1 << 20, 30, tooSlow),
        ] {
            var machine = scene.machine
            machine.bodyBytesTaken(bytes)
            let now = Self.now + .seconds(seconds)
            let taken = machine.deadlineReached(queuedBytes: 0, now: now)
            #expect(taken == action)
        }
        // What came in one period does not count in the next.
        var machine = scene.machine
        machine.bodyBytesTaken(1 << 20)
        for (seconds, action) in [(10, Machine.DeadlineAction.none), (20, tooSlow)] {
            let now = Self.now + .seconds(seconds)
            let taken = machine.deadlineReached(queuedBytes: 0, now: now)
            #expect(taken == action)
        }
    }

    @Test("a reported end may have bytes before it, which are read up to the end")
    func reportedEnd() {
        var machine = Scene.handling.machine
        let report = machine.inputEndReported()
        #expect(report == .tellOwner)
        _ = machine.responseGiven(allowsBody: true)
        let wait = machine.settled(queuedBytes: 0, now: Self.now)
        #expect(wait == .wait(.init(.read, until: Self.now + Self.limits.idleTime)))
        let bytes = machine.bytesReceived()
        #expect(bytes == .take && machine.input == .endedUnread)
        let end = machine.inputEnded()
        let close = machine.settled(queuedBytes: 0, now: Self.now)
        #expect(end == .none && close == .close)
    }

    @Test("after the end of the input what is queued is still written, and no more than that")
    func endedWithOutput() {
        for scene in [Scene.idle, .head] {
            var machine = scene.machine
            _ = machine.inputEnded()
            let wait = machine.settled(queuedBytes: 1, now: Self.now)
            #expect(wait == .wait(.init([.hangUp, .write], until: .never)))
            #expect(machine.state == .closing(lingering: false))
        }
    }

    @Test("each request that is handed on has a number of its own, which ends with its response")
    func serial() {
        var machine = Scene.handling.machine
        let first = machine.serial
        func awaited() -> [Bool] { [first, first &+ 1].map { machine.isAwaiting($0) } }
        #expect(awaited() == [true, false])
        _ = machine.responseGiven(allowsBody: true)
        #expect(awaited() == [false, false])
        machine.headEnded(Scene.kept)
        _ = machine.bodyAccepted(
            .known(0), bytesMax: 0, bytesAtHand: 0, awaitsContinue: false, now: Self.now)
        #expect(awaited() == [false, true])
    }
}

import HTTPServer
import System
import Testing

/// What a connection's state machine makes of responses, and how it ends.
struct WritingTests {
    typealias Machine = HTTPConnectionStateMachine
    static let now = Scene.start
    static let limits = Scene.limits

    static func handling(_ exchange: Exchange) -> Machine {
        var machine = Machine(limits: Scene.shared)
        machine.headEnded(exchange)
        _ = machine.bodyAccepted(
            .known(0), bytesMax: 0, bytesAtHand: 0, awaitsContinue: false, now: now)
        return machine
    }

    @Test("a response has a body unless the request was HEAD or its status allows none", arguments: [false, true])
    func body(isHead: Bool) {
        for allowsBody in [false, true] {
            let exchange = Exchange(isHead: isHead, persistence: .keep)
            var machine = Self.handling(exchange)
            let action = machine.responseGiven(allowsBody: allowsBody)
            #expect(action == .send(exchange, withBody: allowsBody && !isHead))
        }
    }

    @Test(
        "a stream is chunked, or goes to the end of a connection of HTTP/1.0",
        arguments: [
            (Exchange(persistence: .keep), true, Machine.StreamBody.chunked, Machine.StreamBody.chunked, "idle"),
            (Exchange(isHead: true, persistence: .keep), true, .chunked, .none, "idle"),
            (Exchange(persistence: .keep), false, .none, .none, "idle"),
            (Exchange(persistence: .close(lingering: false)), true, .chunked, .chunked, "closing"),
            (Exchange(isOldVersion: true, persistence: .keep), true, .plain, .plain, "closing"),
            (Exchange(isOldVersion: true, persistence: .keep), false, .none, .none, "idle"),
        ])
    func stream(
        exchange: Exchange, allowsBody: Bool, framing: Machine.StreamBody, parts: Machine.StreamBody, next: String
    ) {
        var machine = Self.handling(exchange)
        guard case .send(let told, let begun) = machine.streamStarted(allowsBody: allowsBody) else {
            Issue.record("no stream has begun")
            return
        }
        #expect(begun == framing)
        #expect((told.persistence == .keep) == (next == "idle"))
        let part = machine.partGiven(bytes: 1, queuedBytes: 0, wasFlushed: false)
        #expect(part == (parts == .none ? .none : .send(parts)))
        let end = machine.streamEnded()
        #expect(end == .finish(parts) && brief(machine.state) == next)
    }

    @Test("a stream whose client has ended its input does not begin")
    func departed() {
        var machine = Scene.handling.machine
        _ = machine.inputEnded()
        let action = machine.streamStarted(allowsBody: true)
        #expect(action == .close && machine.state == .closed)
    }

    @Test("what a stream may leave queued, and what is offered to the system first")
    func queue() {
        let most = Self.limits.queuedBytesMax
        var machine = Scene.streaming.machine
        for (bytes, queued, wasFlushed, action) in [
            (0, 0, false, Machine.WriteAction.none), (most - 1, 1, false, .send(.chunked)), (most, 1, false, .flush),
            // Longer than all that may wait: only when nothing waits.
            (most + 1, 0, false, .send(.chunked)), (1, most, false, .send(.chunked)), (most, 1, true, .send(.chunked)),
            // An empty queue has forgotten it.
            (most, 0, true, .send(.chunked)), (most, 1, false, .flush), (most, 1, true, .closeSlowReader),
        ] {
            let taken = machine.partGiven(
                bytes: bytes, queuedBytes: queued, wasFlushed: wasFlushed)
            #expect(taken == action, "\(bytes) bytes, \(queued) queued")
        }
        #expect(machine.state == .closed)
    }

    @Test("a client that takes nothing has its time from the last byte that it took, or from the first attempt")
    func stall() {
        let time = Self.limits.stallTime
        var machine = Scene.handling.machine
        func due(_ machine: inout Machine, _ now: Instant) -> Machine.DeadlineAction {
            machine.deadlineReached(queuedBytes: 1, now: now)
        }
        machine.bytesWritten(0, now: Self.now)
        machine.bytesWritten(0, now: Self.now + .seconds(20))
        let wait = machine.settled(queuedBytes: 1, now: Self.now)
        #expect(wait == .wait(.init([.read, .write], until: Self.now + time)))
        machine.bytesWritten(1, now: Self.now + .seconds(29))
        let first = due(&machine, Self.now + time)
        #expect(first == .none)
        _ = machine.outputDrained(now: Self.now)
        let second = due(&machine, Self.now + .seconds(1000))
        #expect(second == .none)
        machine.bytesWritten(0, now: Self.now + .seconds(1000))
        let third = due(&machine, Self.now + .seconds(1000) + time)
        #expect(third == .closeSlowReader(tellingOwner: true))
    }

    @Test("a deadline of a state that is over ends nothing")
    func overdue() {
        var machine = Scene.body.machine
        _ = machine.bodyEnded()
        machine.bytesWritten(0, now: Self.now + .seconds(20))
        _ = machine.responseGiven(allowsBody: true)
        let action = machine.deadlineReached(queuedBytes: 1, now: Self.now + .seconds(40))
        #expect(action == .none && brief(machine.state) == "idle")
    }

    @Test(
        "what the system is asked to report",
        arguments: [
            (Scene.idle, Interest.read), (.head, .read), (.waiting, .hangUp), (.body, .read), (.discarding, .read),
            (.handling, .read), (.streaming, .read), (.closing, .hangUp), (.lingering, .read),
        ])
    func interest(scene: Scene, interest: Interest) {
        for queued in [0, 1, Self.limits.pipelineQueuedBytesMax + 1] {
            var machine = scene.machine
            guard case .wait(let wait) = machine.settled(queuedBytes: queued, now: Self.now)
            else {
                Issue.record("nothing is waited for")
                return
            }
            // A client that leaves too much unread is not read either before its next request.
            let isFull = queued > Self.limits.pipelineQueuedBytesMax && (scene == .idle || scene == .head)
            let reading = isFull ? .hangUp : interest
            #expect(wait.interest == (queued > 0 ? reading.union(.write) : reading))
            #expect(wait.isIdle == (scene == .idle && queued == 0))
        }
    }

    @Test("while a response is awaited only the end is of interest behind bytes that wait", arguments: 0..<4)
    func interestWhileAwaited(place: Int) {
        var machine = Scene.handling.machine
        switch place {
        case 0: machine.bytesPeeked()
        case 1: _ = machine.bytesAvailable(queuedBytes: 0, wasFlushed: false)
        case 2: _ = machine.inputEnded()
        default: _ = machine.inputEndReported()
        }
        guard case .wait(let wait) = machine.settled(queuedBytes: 0, now: Self.now) else {
            Issue.record("nothing is waited for")
            return
        }
        #expect(wait.interest == (place < 2 ? .inputEnd : .hangUp))
    }

    @Test("a shutdown ends each connection with its next response, lingering where the client may be sending")
    func shutdown() {
        for (scene, hasMore, lingering) in [
            (Scene.handling, false, true), (.handling, true, true), (.streaming, false, false),
            (.streaming, true, true),
        ] {
            for order in 0..<2 {
                var machine = scene.machine
                if hasMore { machine.bytesPeeked() }
                if order == 1 { _ = machine.shutdownRequested(queuedBytes: 0) }
                if scene == .streaming {
                    _ = machine.streamEnded()
                } else {
                    _ = machine.responseGiven(allowsBody: true)
                }
                if order == 1 { #expect(machine.state == .closing(lingering: lingering)) }
                guard order == 0 else { continue }
                let action = machine.shutdownRequested(queuedBytes: 1)
                // What has come is answered, and that response is the last.
                #expect(action == (hasMore ? .none : .settle))
                if !hasMore { #expect(machine.state == .closing(lingering: scene == .handling)) }
            }
        }
    }

    @Test("a shutdown is told in the heads of the responses that follow", arguments: [false, true])
    func shutdownHead(isStream: Bool) {
        let closing = Exchange(persistence: .close(lingering: true))
        var machine = Scene.handling.machine
        _ = machine.shutdownRequested(queuedBytes: 0)
        if isStream {
            let action = machine.streamStarted(allowsBody: true)
            #expect(action == .send(closing, .chunked))
        } else {
            let action = machine.responseGiven(allowsBody: true)
            #expect(action == .send(closing, withBody: true))
        }
    }

    @Test("an idle connection stays when the server begins to stop, and ends with its next response")
    func drain() {
        var machine = Scene.idle.machine
        machine.drainBegan()
        guard case .wait(let wait) = machine.settled(queuedBytes: 0, now: Self.now) else {
            Issue.record("it ends")
            return
        }
        #expect(wait.interest == .read && wait.isIdle)
        machine.headEnded(Scene.kept)
        _ = machine.bodyAccepted(.known(0), bytesMax: 0, bytesAtHand: 0, awaitsContinue: false, now: Self.now)
        let closing = Exchange(persistence: .close(lingering: true))
        let action = machine.responseGiven(allowsBody: true)
        #expect(action == .send(closing, withBody: true))
        #expect(machine.state == .closing(lingering: true))
    }

    @Test("a client that has ended its input is not lingered for")
    func lingering() {
        var machine = Scene.handling.machine
        _ = machine.shutdownRequested(queuedBytes: 0)
        _ = machine.inputEnded()
        _ = machine.responseGiven(allowsBody: true)
        #expect(machine.state == .closing(lingering: false))
        var other = Scene.lingering.machine
        let until = Self.now + Self.limits.lingerTime
        #expect(other.state == .lingering(until: until))
        let late = other.deadlineReached(queuedBytes: 0, now: until)
        #expect(late == .close)
    }
}

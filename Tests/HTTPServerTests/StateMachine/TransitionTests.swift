import HTTPServer
import Testing

/// Every event in every state.
struct TransitionTests {
    struct Row {
        let scenes: [Scene]
        let action: String
        /// The state that follows; nil when it stays as it is, with all that belongs to it.
        let next: String?

        init(_ scenes: [Scene], _ action: String, _ next: String? = nil) {
            self.scenes = scenes
            self.action = action
            self.next = next
        }
    }

    static let betweenRequests: [Scene] = [.idle, .idleAfterStream, .waiting]
    static let streams: [Scene] = [.streaming, .streamingNothing]
    static let answers: [Scene] = [.answering, .answeringShortBody]
    static let ends: [Scene] = [.closing, .closingLingering, .lingering, .closed]

    static func all(but scenes: [Scene]) -> [Scene] { Scene.allCases.filter { !scenes.contains($0) } }

    static func rows(_ event: Event) -> [Row] {
        switch event {
        case .becameReadable:
            [
                Row(betweenRequests + [.head, .body, .discarding, .lingering], "read"),
                Row(streams + [.handling], "peek"),
                Row(answers + [.deciding, .closing, .closingLingering, .closed], "none"),
            ]
        case .bytesPeeked: [Row(Scene.allCases, "none")]
        case .bytesReceived: [Row(all(but: ends), "take"), Row(ends, "drop")]
        case .inputEnded:
            [
                Row(betweenRequests + answers + [.deciding, .closing, .closingLingering, .closed], "none"),
                Row([.head], "dropHead", "idle"),
                Row([.handling], "tellOwner"),
                Row([.body, .discarding, .lingering], "close", "closed"),
                Row(streams, "close, telling", "closed"),
            ]
        case .inputEndReported:
            [
                Row(all(but: streams + [.handling]), "none"),
                Row([.handling], "tellOwner"),
                Row(streams, "close, telling", "closed"),
            ]
        case .bytesAvailable:
            [
                Row(betweenRequests + [.head], "parseHead"),
                Row([.body, .discarding], "takeBody"),
                Row(answers + [.deciding], "keep"),
                Row([.handling], "keep", "handling"),
                Row(streams, "keep", "streaming"),
                Row(ends, "drop"),
            ]
        case .headBegan: [Row(betweenRequests, "none", "head"), Row(all(but: betweenRequests), "none")]
        case .headEnded:
            [Row(betweenRequests + [.head], "none", "deciding"), Row(all(but: betweenRequests + [.head]), "none")]
        case .bodyAccepted: [Row([.deciding], "readBody", "body"), Row(all(but: [.deciding]), "none")]
        case .bodyUnwanted:
            [Row([.deciding], "respondAndDiscard", "answering"), Row(all(but: [.deciding]), "none")]
        case .bodyBytesTaken:
            [
                Row([.body], "none", "body"), Row([.discarding], "none", "discarding"),
                Row(all(but: [.body, .discarding]), "none"),
            ]
        case .bodyEnded:
            [
                Row([.body], "handOn", "handling"), Row([.discarding], "drop", "idle"),
                Row(all(but: [.body, .discarding]), "drop"),
            ]
        case .faultFound:
            [
                Row(betweenRequests + [.head, .body], "refuse", "answering"),
                Row([.discarding], "settle", "closing"),
                Row(answers + streams + ends + [.deciding, .handling], "none"),
            ]
        case .responseGiven:
            [
                Row([.answering], "send", "closing"), Row([.answeringShortBody], "send", "discarding"),
                Row([.handling], "send", "idle"), Row(all(but: answers + [.handling]), "none"),
            ]
        case .streamStarted: [Row([.handling], "send", "streaming"), Row(all(but: [.handling]), "none")]
        case .partGiven: [Row([.streaming], "send"), Row(all(but: [.streaming]), "none")]
        case .streamEnded: [Row(streams, "finish", "idle"), Row(all(but: streams), "none")]
        case .bytesWritten: [Row(Scene.allCases, "none")]
        case .outputDrained:
            [
                Row([.closing], "close", "closed"), Row([.closingLingering], "endOutput", "lingering"),
                Row(all(but: [.closing, .closingLingering]), "none"),
            ]
        case .settled: [Row([.closed], "none"), Row(all(but: [.closed]), "wait")]
        case .deadlineReached:
            [
                Row([.idle, .idleAfterStream, .discarding, .lingering], "close", "closed"),
                Row([.head, .body], "refuse", "answering"),
                Row(answers + streams, "none"),
                Row([.waiting, .deciding, .handling, .closing, .closingLingering, .closed], "none"),
            ]
        case .stalled:
            [
                Row(streams + [.handling], "closeSlowReader, telling", "closed"),
                Row([.closed], "none"),
                Row(all(but: streams + [.handling, .closed]), "closeSlowReader", "closed"),
            ]
        case .drainBegan: [Row(Scene.allCases, "none")]
        case .shutdownRequested:
            [
                Row([.idle, .idleAfterStream], "close", "closed"),
                Row(all(but: [.idle, .idleAfterStream]), "none"),
            ]
        case .connectionLost:
            [
                Row([.closed], "none"), Row(streams + [.handling], "close, telling", "closed"),
                Row(all(but: streams + [.handling, .closed]), "close", "closed"),
            ]
        }
    }

    @Test("each state is what its scene leads to", arguments: Scene.allCases)
    func scene(_ scene: Scene) {
        let name =
            switch scene {
            case .idleAfterStream: "idle"
            case .answeringShortBody: "answering"
            case .streamingNothing: "streaming"
            case .closingLingering: "closing"
            default: scene.rawValue
            }
        #expect(brief(scene.machine.state) == name)
    }

    @Test("every event in every state has one outcome", arguments: Event.allCases, Scene.allCases)
    func transition(event: Event, scene: Scene) throws {
        let rows = Self.rows(event).filter { $0.scenes.contains(scene) }
        try #require(rows.count == 1, "the table tells of it \(rows.count) times")
        var machine = scene.machine
        let before = machine.state
        let action = event.tell(&machine)
        #expect(action == rows[0].action)
        if let next = rows[0].next { #expect(brief(machine.state) == next) } else { #expect(machine.state == before) }
    }

    @Test("a closed connection stays closed", arguments: Event.allCases)
    func closed(event: Event) {
        var machine = Scene.closed.machine
        _ = event.tell(&machine)
        let isOpen = machine.isStreaming || machine.isAwaiting(machine.serial)
        #expect(machine.state == .closed && !isOpen)
    }
}

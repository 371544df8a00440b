/// Collects the answers to a batch of messages, which go back together (2025-03-26, basic/index, Batching).
final class Batch {
    private var answers: [OutgoingMessage] = []
    private var open: Int
    private let reply: (Reply) -> Void

    /// So many of its messages want an answer: at least one.
    init(open: Int, reply: @escaping (Reply) -> Void) {
        self.open = open
        self.reply = reply
    }

    func add(_ part: Reply) {
        switch part {
        case .message, .progress, .pause: return reply(part)
        case .answer(let answer): answers.append(answer)
        case .cancelled: break
        }
        open -= 1
        if open == 0 { reply(answers.isEmpty ? .cancelled : .answer(.batch(answers))) }
    }
}

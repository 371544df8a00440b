import MCPStdio
import Testing

@Suite struct OutputQueueTests {
    private func front(_ queue: borrowing OutputQueue, _ limit: Int) -> [UInt8] {
        queue.front(limit).withUnsafeBufferPointer { Array($0) }
    }

    @Test("a new queue is empty")
    func empty() {
        var queue = OutputQueue()
        #expect(queue.isEmpty)
        #expect(front(queue, 10) == [])
        queue.remove(0)
        queue.remove(5)
        #expect(queue.count == 0)
    }

    @Test("bytes leave in the order in which they came, whatever the size of the removals", arguments: 1...9)
    func order(step: Int) {
        var queue = OutputQueue()
        var sent: [UInt8] = []
        var taken: [UInt8] = []
        for message in 0..<200 {
            let bytes = (0..<(message % 7)).map { UInt8(truncatingIfNeeded: message &* 31 &+ $0) }
            queue.append { $0.append(contentsOf: bytes) }
            sent += bytes
            if message % 3 == 0 { continue }
            let part = front(queue, step)
            #expect(part.count == min(step, queue.count))
            taken += part
            queue.remove(part.count)
            #expect(queue.count == sent.count - taken.count)
        }
        taken += front(queue, .max)
        #expect(taken == sent)
    }

    /// A length that shares no factor with the steps, so that a shift would show.
    private static let burst = (0..<49_999).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }

    @Test("order is kept while what was written is cleared away", arguments: [4_096, 65_536, 65_537, 300_000])
    func bursts(step: Int) {
        var queue = OutputQueue()
        var sent: [UInt8] = []
        var taken: [UInt8] = []
        for round in 0... {
            // A backlog first, then more while it is being written.
            for _ in 0..<(round == 0 ? 20 : round < 5 ? 1 : 0) {
                queue.append { $0.append(contentsOf: Self.burst) }
                sent += Self.burst
            }
            if queue.isEmpty { break }
            let part = front(queue, step)
            taken += part
            queue.remove(part.count)
            #expect(queue.count == sent.count - taken.count)
        }
        let isInOrder = taken == sent
        #expect(isInOrder)
    }

    @Test("removing more than there is empties the queue")
    func excess() {
        var queue = OutputQueue()
        queue.append { $0 += [1, 2, 3] }
        queue.remove(1)
        queue.remove(.max)
        #expect(queue.isEmpty)
        queue.append { $0 += [4] }
        #expect(front(queue, 9) == [4])
    }
}

import System

/// Timers in the order of their deadlines, equal ones in the order they were set. Setting and cancelling take
/// O(log n); a cancelled timer leaves at once. Knows no clock.
struct TimerQueue {
    private var heap: [Node] = []
    private var timers = SlotTable<Timer>()
    private var sequence: UInt64 = 0

    var count: Int { heap.count }
    var nextDeadline: Instant? { heap.first?.deadline }
    /// Greater than the mark of every timer set so far.
    var mark: UInt64 { sequence }

    mutating func insert(deadline: Instant, action: @escaping () -> Void) -> TimerID {
        let slot = timers.insert(Timer(action: action, position: heap.count))
        heap.append(Node(deadline: deadline, sequence: sequence, slot: slot))
        sequence &+= 1
        siftUp(heap.count - 1)
        return TimerID(slot: slot)
    }

    mutating func cancel(_ id: TimerID) {
        guard let timer = timers.remove(id.slot) else { return }
        removeNode(at: timer.position)
    }

    /// Takes out the first timer that is due and was set before `mark`.
    mutating func popDue(at now: Instant, before mark: UInt64) -> (() -> Void)? {
        guard let first = heap.first, first.deadline <= now, first.sequence < mark else { return nil }
        removeNode(at: 0)
        return timers.remove(first.slot)?.action
    }

    private mutating func removeNode(at position: Int) {
        let last = heap.count - 1
        if position == last {
            heap.removeLast()
            return
        }
        heap.swapAt(position, last)
        heap.removeLast()
        timers[heap[position].slot]?.position = position
        siftDown(position)
        siftUp(position)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            exchange(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in (2 * parent + 1)...(2 * parent + 2) where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            exchange(parent, least)
            parent = least
        }
    }

    private mutating func exchange(_ one: Int, _ other: Int) {
        heap.swapAt(one, other)
        timers[heap[one].slot]?.position = one
        timers[heap[other].slot]?.position = other
    }

    private struct Timer {
        let action: () -> Void
        /// Where its node is in the heap.
        var position: Int
    }

    private struct Node: Comparable {
        let deadline: Instant
        let sequence: UInt64
        let slot: SlotID

        static func < (left: Node, right: Node) -> Bool {
            left.deadline == right.deadline ? left.sequence < right.sequence : left.deadline < right.deadline
        }
    }
}

/// Names a timer until it has fired or was cancelled; later it names nothing.
public struct TimerID: Equatable, Sendable {
    let slot: SlotID
}

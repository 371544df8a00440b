/// Counts the objects that have ended.
private final class Tally {
    var ended = 0
}

private final class Node {
    let name: String
    let next: Node?
    let tally: Tally

    init(_ name: String, next: Node?, _ tally: Tally) {
        self.name = name
        self.next = next
        self.tally = tally
    }

    deinit { tally.ended += 1 }
}

/// Whether objects that are held in many ways end once each, when nothing holds them any more.
func eachObjectEndsOnce() -> Bool {
    let tally = Tally()
    let names = makeAndDropNodes(tally)
    return names?.count == 500 && tally.ended == 500
}

/// The names of the nodes, or nil when one has ended too early.
@inline(never)
private func makeAndDropNodes(_ tally: Tally) -> Set<String>? {
    var nodes: [Node] = []
    var names: Set<String> = []
    for number in 0..<500 {
        let node = Node("a name that is too long to stand within its own value: \(number)", next: nodes.last, tally)
        nodes += [node, node]
        names.insert(node.name)
    }
    var copy = nodes
    nodes = []
    // The last one holds all the others.
    copy.removeSubrange(0..<998)
    return withExtendedLifetime(copy) { tally.ended == 0 ? names : nil }
}

/// Whether empty arrays can be looked at whatever the alignment of their elements. A storage that does not have it ends
/// the program.
func emptyArraysHaveSpans() -> Bool {
    isEmptySpan(of: [Int64]()) && isEmptySpan(of: [Double]()) && isEmptySpan(of: [SIMD4<Float>]())
}

@inline(never)
private func isEmptySpan<Element>(of elements: [Element]) -> Bool { elements.span.isEmpty }

/// What waits for its turn: each caller has a lane, and the lanes take turns.
struct FairQueue<Element: AnyObject> {
    private struct Lane {
        let caller: Int64
        var elements: [Element]
    }

    private let laneMax: Int
    private let countMax: Int
    private var lanes: [Lane] = []
    /// The lane whose turn it is.
    private var turn = 0
    private(set) var count = 0

    init(laneMax: Int, countMax: Int) {
        self.laneMax = laneMax
        self.countMax = countMax
    }

    var isEmpty: Bool { count == 0 }

    func hasRoom(for caller: Int64) -> Bool {
        guard count < countMax else { return false }
        guard let lane = index(of: caller) else { return true }
        return lanes[lane].elements.count < laneMax
    }

    /// Puts the element at the end of the caller's lane, where it may stand once. What has been let in comes back
    /// whether there is room or not.
    mutating func append(_ element: Element, for caller: Int64) {
        if let lane = index(of: caller) {
            guard !lanes[lane].elements.contains(where: { $0 === element }) else { return }
            lanes[lane].elements.append(element)
        } else {
            lanes.append(Lane(caller: caller, elements: [element]))
        }
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard !lanes.isEmpty else { return nil }
        if turn >= lanes.count { turn = 0 }
        let element = lanes[turn].elements.removeFirst()
        count -= 1
        if lanes[turn].elements.isEmpty { lanes.remove(at: turn) } else { turn += 1 }
        return element
    }

    /// Takes the element out of the caller's lane, where it stands in it.
    mutating func remove(_ element: Element, for caller: Int64) {
        guard let lane = index(of: caller),
            let place = lanes[lane].elements.firstIndex(where: { $0 === element })
        else { return }
        lanes[lane].elements.remove(at: place)
        count -= 1
        guard lanes[lane].elements.isEmpty else { return }
        lanes.remove(at: lane)
        if lane < turn { turn -= 1 }
    }

    private func index(of caller: Int64) -> Int? { lanes.firstIndex { $0.caller == caller } }
}

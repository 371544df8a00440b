/// A fair queue: round-robin over callers, and within a caller over its members, so that one of many clients behind one
/// address (a reverse proxy's) waits for its own requests only.
struct FairQueue {
    private final class Line {
        let queueKey: QueueKey
        var requests: [InFlightRequest]

        init(_ queueKey: QueueKey, _ request: InFlightRequest) {
            self.queueKey = queueKey
            requests = [request]
        }
    }

    private let perCallerMax: Int
    private let countMax: Int
    /// By their turns: the first one's caller has the next, then the caller of the first one that has another, and so
    /// on; the first of a caller's is that of the member who has its turn. None is empty.
    private var lines: [Line] = []
    private(set) var count = 0

    init(perCallerMax: Int, countMax: Int) {
        self.perCallerMax = perCallerMax
        self.countMax = countMax
    }

    var isEmpty: Bool { count == 0 }

    func hasRoom(for queueKey: QueueKey) -> Bool {
        guard count < countMax else { return false }
        var waiting = 0
        for line in lines where line.queueKey.caller == queueKey.caller { waiting += line.requests.count }
        return waiting < perCallerMax
    }

    func contains(_ request: InFlightRequest) -> Bool {
        lines.contains { line in line.requests.contains { $0 === request } }
    }

    /// Appends the request to the line of its key, where it may stand once. What has been let in comes back whether
    /// there is room or not.
    mutating func append(_ request: InFlightRequest, for queueKey: QueueKey) {
        if let place = place(of: queueKey) {
            guard !lines[place].requests.contains(where: { $0 === request }) else { return }
            lines[place].requests.append(request)
        } else {
            lines.append(Line(queueKey, request))
        }
        count += 1
    }

    mutating func popFirst() -> InFlightRequest? {
        guard let line = lines.first else { return nil }
        let request = line.requests.removeFirst()
        count -= 1
        if lines.count > 1 { passTurn(of: line) } else if line.requests.isEmpty { lines = [] }
        return request
    }

    /// Removes the request from the line of its key, if it is there.
    mutating func remove(_ request: InFlightRequest, for queueKey: QueueKey) {
        guard let place = place(of: queueKey), let index = lines[place].requests.firstIndex(where: { $0 === request })
        else {
            return
        }
        lines[place].requests.remove(at: index)
        count -= 1
        if lines[place].requests.isEmpty { lines.remove(at: place) }
    }

    /// All lines of its caller go to the end, and it goes behind them.
    private mutating func passTurn(of last: Line) {
        var others: [Line] = []
        var ofCaller: [Line] = []
        for line in lines where line !== last {
            if line.queueKey.caller == last.queueKey.caller { ofCaller.append(line) } else { others.append(line) }
        }
        if !last.requests.isEmpty { ofCaller.append(last) }
        lines = others + ofCaller
    }

    private func place(of queueKey: QueueKey) -> Int? { lines.firstIndex { $0.queueKey == queueKey } }
}

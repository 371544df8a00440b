/// What waits for its turn: callers take turns, and within the turns of a caller its members do. A client of many
/// behind one address, as a reverse proxy shows them, waits for its own requests and not for all of theirs.
struct FairQueue {
    private final class Line {
        let lane: Lane
        var flights: [Flight]

        init(_ lane: Lane, _ flight: Flight) {
            self.lane = lane
            flights = [flight]
        }
    }

    private let laneMax: Int
    private let countMax: Int
    /// By their turns: the first one's caller has the next, then the caller of the first one that has another, and so
    /// on; the first of a caller's is that of the member who has its turn. None is empty.
    private var lines: [Line] = []
    private(set) var count = 0

    init(laneMax: Int, countMax: Int) {
        self.laneMax = laneMax
        self.countMax = countMax
    }

    var isEmpty: Bool { count == 0 }

    func hasRoom(for lane: Lane) -> Bool {
        guard count < countMax else { return false }
        var waiting = 0
        for line in lines where line.lane.caller == lane.caller { waiting += line.flights.count }
        return waiting < laneMax
    }

    func contains(_ flight: Flight) -> Bool {
        lines.contains { line in line.flights.contains { $0 === flight } }
    }

    /// Puts the flight at the end of the lane, where it may stand once. What has been let in comes back whether there
    /// is room or not.
    mutating func append(_ flight: Flight, for lane: Lane) {
        if let place = place(of: lane) {
            guard !lines[place].flights.contains(where: { $0 === flight }) else { return }
            lines[place].flights.append(flight)
        } else {
            lines.append(Line(lane, flight))
        }
        count += 1
    }

    mutating func popFirst() -> Flight? {
        guard let line = lines.first else { return nil }
        let flight = line.flights.removeFirst()
        count -= 1
        if lines.count > 1 { passTurn(of: line) } else if line.flights.isEmpty { lines = [] }
        return flight
    }

    /// Takes the flight out of the lane, where it stands in it.
    mutating func remove(_ flight: Flight, for lane: Lane) {
        guard let place = place(of: lane), let index = lines[place].flights.firstIndex(where: { $0 === flight }) else {
            return
        }
        lines[place].flights.remove(at: index)
        count -= 1
        if lines[place].flights.isEmpty { lines.remove(at: place) }
    }

    /// All lines of its caller go to the end, and it goes behind them.
    private mutating func passTurn(of last: Line) {
        var others: [Line] = []
        var ofCaller: [Line] = []
        for line in lines where line !== last {
            if line.lane.caller == last.lane.caller { ofCaller.append(line) } else { others.append(line) }
        }
        if !last.flights.isEmpty { ofCaller.append(last) }
        lines = others + ofCaller
    }

    private func place(of lane: Lane) -> Int? { lines.firstIndex { $0.lane == lane } }
}

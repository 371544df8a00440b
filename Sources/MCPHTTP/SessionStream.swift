import MCP

/// One stream of a session of the legacy era: the messages of one request, or those that belong to none. It outlives
/// the connections that carry it.
final class SessionStream {
    let number: UInt32
    private(set) var connection: EventStream?
    private(set) var place: UInt32
    /// The place before the first event.
    let start: UInt32
    /// The last event that was given to a connection.
    private var delivered: UInt32
    var isFinished = false

    init(number: UInt32, start: UInt32 = 0) {
        self.number = number
        self.start = start
        place = start
        delivered = start
    }

    /// Gives the next event its id.
    func nextID() -> EventID {
        place &+= 1
        return EventID(stream: number, place: place)
    }

    /// Whether events wait that no connection has had.
    var undelivered: UInt32? { delivered < place ? delivered : nil }

    func attach(_ connection: EventStream) {
        self.connection?.endResponse()
        self.connection = connection
    }

    func detach() {
        connection = nil
    }

    func deliver(_ text: [UInt8]) {
        guard let connection else { return }
        connection.write { $0.append(contentsOf: text) }
        delivered = place
    }

    /// The connection has been given all that came before it.
    func caughtUp() { delivered = place }

    func closeConnection() {
        connection?.endResponse()
        connection = nil
    }
}

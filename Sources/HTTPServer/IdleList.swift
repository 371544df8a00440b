import EventLoop

/// The idle connections in the order in which they became so, chained by their slots in the server's table: entering,
/// leaving and finding the oldest take the same time however many there are.
struct IdleList {
    /// A connection's neighbours.
    struct Place {
        var older: SlotID?
        var newer: SlotID?
    }

    private(set) var oldest: SlotID?
    private var newest: SlotID?

    /// Makes the connection the newest, whether it was in the list or not.
    mutating func append(_ connection: HTTPConnection, in connections: SlotTable<HTTPConnection>) {
        guard let slot = connection.slot, slot != newest else { return }
        remove(connection, in: connections)
        connection.idlePlace = Place(older: newest, newer: nil)
        if let newest { connections[newest]?.idlePlace?.newer = slot } else { oldest = slot }
        newest = slot
    }

    /// Does nothing for one that is not in the list.
    mutating func remove(_ connection: HTTPConnection, in connections: SlotTable<HTTPConnection>) {
        guard let place = connection.idlePlace else { return }
        connection.idlePlace = nil
        if let older = place.older { connections[older]?.idlePlace?.newer = place.newer } else { oldest = place.newer }
        if let newer = place.newer { connections[newer]?.idlePlace?.older = place.older } else { newest = place.older }
    }
}

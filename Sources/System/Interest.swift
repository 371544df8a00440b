import CSystem

/// What a registration waits for. Empty: nothing is reported, not even that the other end has disconnected.
public struct Interest: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static var read: Interest { Interest(rawValue: 1) }
    public static var write: Interest { Interest(rawValue: 2) }
    /// The other end will send no more. Reported until the interest is taken away, also while input waits unread.
    public static var inputEnd: Interest { Interest(rawValue: 4) }
    /// Only that the connection has failed or is closed in both directions, which every other interest reports too.
    public static var hangUp: Interest { Interest(rawValue: 8) }

    var epollEvents: UInt32 {
        var events: UInt32 = 0
        if contains(.read) { events |= UInt32(CSYSTEM_EPOLL_READABLE) }
        if contains(.write) { events |= UInt32(CSYSTEM_EPOLL_WRITABLE) }
        if contains(.inputEnd) { events |= UInt32(CSYSTEM_EPOLL_INPUT_ENDED) }
        return events
    }
}

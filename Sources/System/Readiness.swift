import CSystem

/// What a descriptor is ready for. A failure or a hang-up also sets the directions that were waited for: the next read
/// or write tells the rest, so a handler need not look at them.
public struct Readiness: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static var readable: Readiness { Readiness(rawValue: 1) }
    public static var writable: Readiness { Readiness(rawValue: 2) }
    /// The descriptor has an error pending, or the reading end of its pipe is closed.
    public static var failed: Readiness { Readiness(rawValue: 4) }
    /// The other end is closed in both directions.
    public static var hungUp: Readiness { Readiness(rawValue: 8) }
    /// The other end sends no more; what it has sent may still be unread.
    public static var inputEnded: Readiness { Readiness(rawValue: 16) }

    /// Everything that `interest` waits for.
    public init(all interest: Interest) {
        self = []
        if interest.contains(.read) { insert(.readable) }
        if interest.contains(.write) { insert(.writable) }
    }

    /// What the kernel reported, as far as it is still waited for.
    init(epollEvents: UInt32, interest: Interest) {
        self = []
        guard !interest.isEmpty else { return }
        if epollEvents & UInt32(CSYSTEM_EPOLL_READABLE) != 0 && interest.contains(.read) { insert(.readable) }
        if epollEvents & UInt32(CSYSTEM_EPOLL_WRITABLE) != 0 && interest.contains(.write) { insert(.writable) }
        if epollEvents & UInt32(CSYSTEM_EPOLL_INPUT_ENDED) != 0 && interest.contains(.inputEnd) { insert(.inputEnded) }
        let failed = epollEvents & UInt32(CSYSTEM_EPOLL_FAILED) != 0
        let hungUp = epollEvents & UInt32(CSYSTEM_EPOLL_HUNG_UP) != 0
        if failed { insert(.failed) }
        if hungUp { insert(.hungUp) }
        if failed || hungUp { formUnion(Readiness(all: interest)) }
    }
}

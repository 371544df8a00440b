import CSystem

/// What a registration waits for. Empty: nothing is reported, not even that the other end has gone.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static var read: Interest { Interest(rawValue: 1) }
    package static var write: Interest { Interest(rawValue: 2) }

    var epollEvents: UInt32 {
        (contains(.read) ? UInt32(CSYSTEM_EPOLL_READABLE) : 0) | (contains(.write) ? UInt32(CSYSTEM_EPOLL_WRITABLE) : 0)
    }
}

import EventLoop

/// Names a request until its completion was called or it was cancelled; later it names nothing.
package struct HTTPCallID: Equatable, Sendable {
    let slot: SlotID
}

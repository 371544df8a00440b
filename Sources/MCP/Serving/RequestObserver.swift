/// Watches what is served.
public struct RequestObserver {
    /// A clock that never goes back, in nanoseconds.
    public let clock: () -> Int64
    public let record: (RequestRecord) -> Void

    public init(clock: @escaping () -> Int64, record: @escaping (RequestRecord) -> Void) {
        self.clock = clock
        self.record = record
    }
}

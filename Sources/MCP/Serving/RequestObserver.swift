/// Watches what is served.
package struct RequestObserver {
    /// A clock that never goes back, in nanoseconds.
    package let clock: () -> Int64
    package let record: (RequestRecord) -> Void

    package init(clock: @escaping () -> Int64, record: @escaping (RequestRecord) -> Void) {
        self.clock = clock
        self.record = record
    }
}

/// Watches what is served.
package struct Monitor {
    /// A clock that never goes back, in nanoseconds.
    package let clock: () -> Int64
    package let record: (Operation) -> Void

    package init(clock: @escaping () -> Int64, record: @escaping (Operation) -> Void) {
        self.clock = clock
        self.record = record
    }
}

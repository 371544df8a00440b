import CSystem

/// The kernel's list of descriptors that are waited for (epoll(7), level-triggered), owned by this object.
@safe package final class Poller {
    /// What the kernel reports of one descriptor.
    package struct Event {
        /// What the descriptor was added with.
        package let token: UInt64
        fileprivate let flags: UInt32

        /// What of it is still waited for.
        package func readiness(for interest: Interest) -> Readiness {
            Readiness(epollEvents: flags, interest: interest)
        }
    }

    private let descriptor: Descriptor
    /// Owned; the kernel fills it during a wait.
    private let events: UnsafeMutablePointer<epoll_event>

    package init() throws(SystemError) {
        let number = csystem_epoll_create()
        guard number >= 0 else { throw SystemError(failed: "epoll_create1") }
        descriptor = Descriptor(adopting: number)
        // SAFETY: freed in deinit, used by this object alone.
        unsafe events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Int(SystemLimits.eventsPerTurnMax))
    }

    deinit {
        unsafe events.deallocate()
    }

    /// Fails as `notPollable` for a regular file, a directory or a device such as /dev/null, and with EEXIST for a
    /// number that is there already.
    package func add(_ number: Int32, _ interest: Interest, token: UInt64) throws(SystemError) {
        try control(CSYSTEM_EPOLL_ADD, number, interest, token)
    }

    package func change(_ number: Int32, _ interest: Interest, token: UInt64) throws(SystemError) {
        try control(CSYSTEM_EPOLL_MODIFY, number, interest, token)
    }

    /// Fails when the number is closed already, and with it the kernel's entry.
    package func remove(_ number: Int32) throws(SystemError) {
        try control(CSYSTEM_EPOLL_DELETE, number, [], 0)
    }

    /// Waits until something is ready, at most so long; -1 is for ever.
    /// - Returns: how many events there are; 0 also when a signal has interrupted it. They stand until the next wait.
    package func wait(milliseconds: Int32) throws(SystemError) -> Int {
        // SAFETY: the buffer holds `eventsPerTurnMax` events.
        let count = unsafe epoll_wait(descriptor.number, events, SystemLimits.eventsPerTurnMax, milliseconds)
        if count >= 0 { return Int(count) }
        let error = SystemError(failed: "epoll_wait")
        if error.code == EINTR { return 0 }
        throw error
    }

    /// - Parameter index: below what the last wait has returned.
    package func event(at index: Int) -> Event {
        precondition(index >= 0 && index < Int(SystemLimits.eventsPerTurnMax))
        // SAFETY: the kernel has filled the events up to the count of the last wait.
        return unsafe Event(token: csystem_epoll_token(events + index), flags: csystem_epoll_events(events + index))
    }

    private func control(
        _ operation: Int, _ number: Int32, _ interest: Interest, _ token: UInt64
    ) throws(SystemError) {
        let code = csystem_epoll_control(
            descriptor.number, Int32(truncatingIfNeeded: operation), number, interest.epollEvents, token)
        guard code == 0 else { throw SystemError(failed: "epoll_ctl") }
    }
}

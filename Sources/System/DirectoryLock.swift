import CSystem

/// Keeps other processes that ask for the same lock out of a folder, until the end of its life. The kernel lets go of
/// it when the process ends, however it ends.
package final class DirectoryLock {
    private let folder: Descriptor

    /// Waits while another process has the lock.
    ///
    /// - Parameter patience: after it, EWOULDBLOCK is thrown: anyone who may read the folder can hold its lock.
    package init(path: String, patience: TimeSpan) throws(SystemError) {
        // SAFETY: open copies the path, which lives until the closure returns.
        let number = unsafe path.withCString { unsafe csystem_open_folder($0) }
        guard number >= 0 else { throw SystemError(failed: "open") }
        folder = Descriptor(adopting: number)
        let end = Instant.readClock() + patience
        while flock(number, LOCK_EX | LOCK_NB) != 0 {
            let error = SystemError(failed: "flock")
            guard error.code == EWOULDBLOCK || error.code == EINTR, Instant.readClock() < end else { throw error }
            csystem_pause_milliseconds(SystemLimits.lockPauseMilliseconds)
        }
    }
}

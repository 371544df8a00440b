import CSystem

/// Processes that this one did not start, but has become the parent of. Process 1 of a container becomes the parent of
/// each process there whose own has ended.
package enum Orphans {
    /// From now on the kernel removes every child as it ends, and those that have ended before are removed. Without
    /// this they would take up numbers for as long as this process lives. To be called by a program that starts no
    /// processes, and so never wants to know how one has ended (wait(2), SIG_IGN for SIGCHLD).
    package static func reap() throws(SystemError) {
        guard csystem_ignore_signal(SIGCHLD) == 0 else { throw SystemError(failed: "signal") }
        // SAFETY: no status is asked for.
        while unsafe waitpid(-1, nil, WNOHANG) > 0 {}
    }
}

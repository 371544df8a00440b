import CSystem

/// What the system lets this process have.
package enum ProcessLimits {
    /// Raises the number of files that the process may have open to the most that it may choose by itself, and tells
    /// that number. Each connection takes one.
    @discardableResult
    package static func raiseOpenFiles() throws(SystemError) -> Int {
        let count = csystem_raise_open_files()
        guard count >= 0 else { throw SystemError(failed: "setrlimit") }
        return Int(clamping: count)
    }
}

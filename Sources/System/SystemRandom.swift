import CSystem

/// Bytes that nobody can guess.
public enum SystemRandom {
    /// From the kernel's generator; waits only where the machine has just started.
    public static func bytes(count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            // SAFETY: the kernel writes at most `count - filled` bytes behind the filled ones, within the closure.
            let (more, code) = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                let more = unsafe getrandom(rest.baseAddress, rest.count, 0)
                return (more, csystem_errno())
            }
            if more > 0 {
                filled += more
            } else if code != EINTR {
                throw SystemError(call: "getrandom", code: code)
            }
        }
        return bytes
    }

    @inline(never)  // would be copied with its loop
    package static func word() throws(SystemError) -> UInt64 {
        try bytes(count: 8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

import CSystem

/// Reading and writing on descriptor numbers, whoever owns them: standard input and output belong to the process.
package enum DescriptorIO {
    package enum Outcome: Equatable, Sendable {
        /// So many bytes moved: at least one, unless there were none to write.
        case bytes(Int)
        /// Nothing more will come. Only reading ends.
        case end
        /// Nothing moved: wait until the loop reports the descriptor ready.
        case wouldBlock
    }

    /// Reads into the front of `buffer`, at most its count, which must not be 0. Interruptions are retried.
    package static func read(_ number: Int32, into buffer: inout [UInt8]) throws(SystemError) -> Outcome {
        while true {
            // SAFETY: the kernel writes at most `count` bytes into the array's storage, within the closure.
            let (count, code) = unsafe buffer.withUnsafeMutableBytes { bytes in
                let count = unsafe CSystem.read(number, bytes.baseAddress, bytes.count)
                return (count, csystem_errno())
            }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if code == EAGAIN || code == EWOULDBLOCK { return .wouldBlock }
            if code != EINTR { throw SystemError(call: "read", code: code) }
        }
    }

    /// Writes the front of `bytes`, maybe not all. Interruptions are retried.
    package static func write(_ number: Int32, _ bytes: Span<UInt8>) throws(SystemError) -> Outcome {
        while true {
            // SAFETY: the kernel reads at most `count` bytes of the span, within the closure.
            let (count, code) = unsafe bytes.withUnsafeBytes { bytes in
                let count = unsafe CSystem.write(number, bytes.baseAddress, bytes.count)
                return (count, csystem_errno())
            }
            if count >= 0 { return .bytes(count) }
            if code == EAGAIN || code == EWOULDBLOCK { return .wouldBlock }
            if code != EINTR { throw SystemError(call: "write", code: code) }
        }
    }

    /// Makes reads and writes return instead of waiting, or wait again; tells what it was before. The mode belongs to
    /// the open file, so other processes that share a terminal or a pipe end see it too: put it back when done.
    @discardableResult
    package static func setNonblocking(_ number: Int32, _ nonblocking: Bool) throws(SystemError) -> Bool {
        let flags = csystem_status_flags(number)
        guard flags >= 0 else { throw SystemError(failed: "fcntl") }
        let wanted = nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
        guard wanted == flags || csystem_set_status_flags(number, wanted) >= 0 else {
            throw SystemError(failed: "fcntl")
        }
        return flags & O_NONBLOCK != 0
    }
}

import CSystem

/// Writes on a descriptor that may be shared with other processes, so that its mode must stay as it is, and never waits
/// for a reader that does not read.
package enum NonblockingWriter {
    /// What the kernel takes of a pipe without waiting, once it says that the pipe is writable (PIPE_BUF, pipe(7)).
    package static let pieceBytesMax = 4096

    /// Writes the front of `bytes`, at most `pieceBytesMax` of them.
    package static func write(_ number: Int32, _ bytes: Span<UInt8>) throws(SystemError) -> DescriptorIO.Outcome {
        guard csystem_is_writable(number) != 0 else { return .wouldBlock }
        return try DescriptorIO.write(number, bytes.extracting(first: pieceBytesMax))
    }
}

import CSystem

/// Reads small files whole, at the start of the program: it waits for the disk.
package enum FileReader {
    /// The bytes of the file. One longer than `bytesMax` is refused with EFBIG. A pipe, such as a shell's `<(…)`, is
    /// read up to its end; a FIFO that nobody has opened for writing is empty.
    package static func read(path: String, bytesMax: Int) throws(SystemError) -> [UInt8] {
        // SAFETY: open copies the path, which lives until the closure returns.
        let number = unsafe path.withCString { unsafe csystem_open_to_read($0) }
        guard number >= 0 else { throw SystemError(failed: "open") }
        let file = Descriptor(adopting: number)
        // Only the opening must not wait: a pipe whose writer is slow would seem to end where it is empty.
        try DescriptorIO.setNonblocking(file.number, false)
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: SystemLimits.fileChunkBytes)
        while case .bytes(let count) = try DescriptorIO.read(file.number, into: &chunk) {
            guard count <= bytesMax - contents.count else { throw SystemError(call: "read", code: EFBIG) }
            contents.append(contentsOf: chunk.prefix(count))
        }
        return contents
    }
}

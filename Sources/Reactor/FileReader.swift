import CSystem

/// Reads small files whole, at the start of the program: it waits for the disk.
package enum FileReader {
    /// The bytes of the file. One longer than `bytesMax` is refused with EFBIG. A FIFO is not waited for.
    package static func read(path: String, bytesMax: Int) throws(SystemError) -> [UInt8] {
        // SAFETY: open copies the path, which lives until the closure returns.
        let number = unsafe path.withCString { unsafe csystem_open_to_read($0) }
        guard number >= 0 else { throw SystemError(failed: "open") }
        let file = Descriptor(adopting: number)
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: Limits.fileChunkBytes)
        while case .bytes(let count) = try DescriptorIO.read(file.number, into: &chunk) {
            guard count <= bytesMax - contents.count else { throw SystemError(call: "read", code: EFBIG) }
            contents.append(contentsOf: chunk.prefix(count))
        }
        return contents
    }
}

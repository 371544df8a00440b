import CSystem

/// Tells one state of a file from another without reading it. Where the path leads through symbolic links, the file
/// that it leads to now: Kubernetes puts new secrets in place by turning a link round.
package struct FileStamp: Equatable, Sendable {
    private let device: Int64
    private let number: Int64
    private let size: Int64
    private let modified: Int64
    private let changed: Int64

    package init(device: Int64, number: Int64, size: Int64, modified: Int64, changed: Int64) {
        self.device = device
        self.number = number
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    /// Nil where there is no file, or none that can be looked at. It waits for the disk.
    package init?(path: String) {
        var stamp = [Int64](repeating: 0, count: 5)
        // SAFETY: the path lives until the closure returns; the call writes five numbers.
        let result = unsafe stamp.withUnsafeMutableBufferPointer { stamp in
            unsafe path.withCString { unsafe csystem_file_stamp($0, stamp.baseAddress) }
        }
        guard result == 0 else { return nil }
        self.init(device: stamp[0], number: stamp[1], size: stamp[2], modified: stamp[3], changed: stamp[4])
    }

    /// Whether it is the same file, perhaps with other contents.
    func isSameFile(as other: FileStamp) -> Bool { device == other.device && number == other.number }
}

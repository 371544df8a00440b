import Glibc

/// This process: its standard error and its end.
enum Process {
    /// One line for people, on standard error.
    static func log(_ message: String) {
        let bytes = Array("\(message)\n".utf8)
        // A line that nobody takes is lost.
        // SAFETY: the kernel reads at most `count` bytes of the storage, within the closure.
        _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }

    static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}

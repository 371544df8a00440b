import CSystem

/// This process: its arguments, standard streams and end.
enum Process {
    static let standardInput: Int32 = 0
    static let standardOutput: Int32 = 1

    /// The arguments without the program's name.
    static var arguments: [String] {
        var arguments: [String] = []
        // SAFETY: the kernel's list of terminated strings, ended by a null; it lives as long as the process.
        var next = unsafe csystem_arguments()
        while let argument = unsafe next?.pointee {
            unsafe arguments.append(String(cString: argument))
            unsafe next = next?.advanced(by: 1)
        }
        return Array(arguments.dropFirst())
    }

    /// One line for people, on standard error.
    static func log(_ message: String) {
        let bytes = Array("\(message)\n".utf8)
        // A line that nobody takes is lost.
        // SAFETY: the kernel reads at most `count` bytes of the storage, within the closure.
        _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    }

    static func exit(_ status: Int32) -> Never { CSystem.exit(status) }
}

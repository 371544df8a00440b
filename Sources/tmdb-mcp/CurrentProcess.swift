import Bytes
import CSystem
import System

/// This process: what it was started with, its standard streams, its end.
enum CurrentProcess {
    enum ExitStatus: Int32 {
        case success = 0
        /// The client went away, or the system refused something that the server cannot do without.
        case failure = 1
        /// A mistake in the settings or the arguments.
        case misuse = 2
        /// Ended by Ctrl-C, as shells count it: 128 and the signal's number.
        case interrupted = 130
    }

    static let standardInput: Int32 = 0
    static let standardOutput: Int32 = 1
    static let standardError: Int32 = 2

    /// Opens those of the standard streams that the process was started without, so that no socket gets their numbers.
    /// To be called before anything is opened.
    static func openStandardStreams() { csystem_open_standard_streams() }

    /// The arguments without the program's name. Bytes that are not UTF-8 are replaced.
    static var arguments: [String] { Array(commandLine.dropFirst()) }

    /// The name that the program was started by, without its folder.
    static var name: String { commandLine.first.map { fileName($0) } ?? "tmdb-mcp" }

    /// What stands behind the last slash of a path.
    static func fileName(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// Read once: a change of the environment moves what tells the place.
    private static let commandLine = ProcessArguments.read()

    /// Overwrites an argument, or its end, where other processes can read it. Arguments read before keep it.
    ///
    /// - Parameters:
    ///   - position: counted from the first argument after the program's name.
    ///   - bytesBefore: how much of it stays.
    static func hide(argument position: Int, after bytesBefore: Int) {
        // SAFETY: the kernel's list of terminated strings, ended by a null; the strings are writable, and no byte is
        // written at or behind the end of one.
        var next = unsafe csystem_arguments()
        for _ in 0...position {
            guard unsafe next?.pointee != nil else { return }
            unsafe next = next?.advanced(by: 1)
        }
        guard let argument = unsafe next?.pointee else { return }
        let length = unsafe strlen(argument)
        for offset in 0..<Int(clamping: length) where offset >= bytesBefore {
            unsafe argument[offset] = CChar(bitPattern: UInt8(ascii: "*"))
        }
    }

    /// Makes libcurl ask every host without a proxy. To be called after the arguments were read.
    static func refuseProxies() {
        // SAFETY: both strings are copied; this is the only thread.
        _ = unsafe setenv("no_proxy", "*", 1)
    }

    /// Takes the whitespace out of the settings of proxies that a file with line ends of Windows, or of several lines,
    /// leaves in them: libcurl reads them as they are. To be called while this is the only thread.
    static func trimProxies() {
        for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"] {
            guard let value = environment(name) else { continue }
            let parts = value.utf8.split { $0.isASCIIWhitespace || $0 == UInt8(ascii: ",") }
            // Whitespace between the hosts of NO_PROXY is meant as the comma that libcurl needs.
            let trimmed = parts.map { String(Substring($0)) }.joined(separator: ",")
            guard trimmed != value else { continue }
            // SAFETY: both strings are copied.
            _ = unsafe setenv(name, trimmed, 1)
        }
    }

    /// The value of an environment variable.
    static func environment(_ name: String) -> String? {
        // SAFETY: a terminated string that lives until the variable is changed, and is copied here.
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// Whether there is a terminal that Ctrl-C is typed at. There is none any more once it was closed.
    static var hasTerminal: Bool {
        // SAFETY: open copies the path, which lives until the closure returns.
        let number = unsafe "/dev/tty".withCString { unsafe csystem_open_to_read($0) }
        guard number >= 0 else { return false }
        _ = close(number)
        return true
    }

    /// Whether standard input comes from another program or a file. A container without one, a service and a terminal
    /// have devices there.
    static var isStartedByClient: Bool { csystem_is_fed(standardInput) == 1 }

    /// How wide the terminal on standard output is; 80 where it does not say.
    static var columns: Int {
        let columns = Int(csystem_terminal_columns(standardOutput))
        return columns > 0 ? max(columns, 40) : 80
    }

    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// One line for whoever gave a command, on standard error. A server that runs has a `Log`.
    static func complain(_ message: String) {
        // There is nowhere to say that nobody takes it.
        _ = write(standardError, "tmdb-mcp: " + JSONPrettyPrinter.plain(message) + "\n")
    }

    /// Text that the user asked for, on standard output. The program fails when not all of it is taken: what a script
    /// put into a file would pass for whole. A reader who has read enough knows.
    static func show(_ text: String) {
        guard let reason = write(standardOutput, text) else { return }
        if reason != EPIPE {
            complain("cannot write to standard output: \(SystemError(call: "write", code: reason).reason)")
        }
        exit(.failure)
    }

    static func exit(_ status: ExitStatus) -> Never {
        CSystem.exit(status.rawValue)
    }

    /// Writes all of the text.
    ///
    /// - Returns: the number of the error that kept it from that; nil for none.
    private static func write(_ descriptor: Int32, _ text: String) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            // SAFETY: the kernel reads at most `count` bytes of the storage, within the closure.
            let count = unsafe bytes.withUnsafeBytes { unsafe CSystem.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && csystem_errno() == EINTR { continue }
            guard count > 0 else { return count < 0 ? csystem_errno() : ENOSPC }
            bytes = bytes.dropFirst(count)
        }
        return nil
    }
}

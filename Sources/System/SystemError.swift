import Bytes
import CSystem

/// A system call that failed.
public struct SystemError: Error, Equatable, Sendable {
    /// The call's name.
    public let call: String
    /// The value of `errno`.
    public let code: Int32

    public init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// Takes `errno`: to be made right after the call that failed.
    init(failed call: String) {
        self.init(call: call, code: csystem_errno())
    }

    /// What a poller says of a file that cannot be waited for.
    public static var notPollable: SystemError { SystemError(call: "epoll_ctl", code: EPERM) }

    /// What a write says to which nobody listens.
    public static var brokenPipe: SystemError { SystemError(call: "write", code: EPIPE) }

    /// The C library's words for the code.
    public var reason: String {
        // SAFETY: strerror returns a terminated string that stays valid until its next call on this thread.
        guard let words = unsafe strerror(code) else { return "unknown error" }
        return unsafe String(cString: words)
    }

    public var message: String {
        "\(call): \(reason) (errno \(code))"
    }

    /// For what nothing can be done without, such as a clock: without one no deadline ever comes. Tells standard error.
    func endProcess() -> Never {
        let line = Array("tmdb-mcp: the system refused what the program needs: \(message)\n".utf8)
        // SAFETY: the kernel reads `count` bytes of the array, within the closure. There is no one else to be told.
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
        exit(1)
    }
}

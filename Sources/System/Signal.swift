import CSystem

/// A signal of the process.
public struct Signal: Equatable, Sendable {
    public let number: Int32

    public init(number: Int32) {
        self.number = number
    }

    public static var hangUp: Signal { Signal(number: SIGHUP) }
    public static var interrupt: Signal { Signal(number: SIGINT) }
    public static var terminate: Signal { Signal(number: SIGTERM) }

    /// Whether who started the process has it ignore the signal, as nohup does. A signal that is blocked is reported to
    /// a loop all the same.
    public var isIgnored: Bool { csystem_ignores_signal(number) != 0 }

    /// To be called first in `main`: blocks the signals that a loop will receive, so that threads started later inherit
    /// the block and none of them is interrupted or killed; and ignores SIGPIPE, so that a write to a closed pipe fails
    /// with EPIPE instead of ending the process.
    public static func prepareProcess(receiving signals: [Signal]) throws(SystemError) {
        guard csystem_ignore_signal(SIGPIPE) == 0 else { throw SystemError(failed: "signal") }
        var set = try set(of: signals)
        // SAFETY: the set is a local; the call only reads it.
        let code = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        guard code == 0 else { throw SystemError(call: "pthread_sigmask", code: code) }
    }

    static func set(of signals: [Signal]) throws(SystemError) -> sigset_t {
        var set = sigset_t()
        // SAFETY: the set is a local that the calls fill.
        _ = unsafe sigemptyset(&set)
        for signal in signals {
            guard unsafe sigaddset(&set, signal.number) == 0 else { throw SystemError(failed: "sigaddset") }
        }
        return set
    }
}

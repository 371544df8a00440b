/// How the program serves and ends: by a signal, or when the input of its client has ended. A value that is told what
/// has happened and returns what to do.
package struct Lifecycle: ~Copyable {
    package enum State: Equatable {
        /// - stdio: the client on standard input and output, as long as there is one.
        case serving(stdio: Stdio?, http: Bool)
        /// A signal has come. HTTP tells its clients to go elsewhere, and still serves those who have not heard of it.
        case draining(stdio: Bool, failed: Bool)
        /// What has begun is still answered, for a while.
        case stopping(stdio: Bool, http: Bool, failed: Bool)
        /// What was left of HTTP is answered with errors, which go out.
        case givingUp(failed: Bool)
        case stopped(failed: Bool)
    }

    package enum Stdio: Equatable {
        /// - isUsed: a message has come. Without one nobody may be there: `docker run -d` gives no input.
        case reading(isUsed: Bool)
        /// Its input has ended, or could not be read; what it has asked is still answered.
        case finishing(failed: Bool)
    }

    package enum Action: Equatable {
        case none
        case finishStdio
        case closeStdio
        case closeHTTP
        /// HTTP has `drain_time` to tell its clients.
        case drain(stdio: StdioEnd)
        /// HTTP finishes what has begun, and everything has until `ProgramLimits.stopTime`.
        case stop(stdio: StdioEnd)
        /// What HTTP still has to answer is answered with errors; it has `ProgramLimits.lastTime` to get them out.
        case giveUpHTTP
        /// Whatever is open is closed.
        case exit
    }

    package enum StdioEnd: Equatable {
        case none
        /// - isLast: the client waits for what it has asked no longer than a moment.
        case finish(isLast: Bool)
        case close
    }

    package private(set) var state: State

    /// - Parameter stdio, http: what is served.
    package init(stdio: Bool, http: Bool) {
        state =
            stdio || http
            ? .serving(stdio: stdio ? .reading(isUsed: false) : nil, http: http) : .stopped(failed: true)
    }

    package var hasFailed: Bool {
        switch state {
        case .serving: false
        case .draining(_, let failed), .stopping(_, _, let failed), .givingUp(let failed), .stopped(let failed): failed
        }
    }

    /// A message has come on standard input.
    package mutating func messageReceived() {
        if case .serving(.reading(false), let http) = state {
            state = .serving(stdio: .reading(isUsed: true), http: http)
        }
    }

    /// Standard input has ended. A client that has used it was the reason to start: HTTP ends with it, and gives the
    /// port back.
    package mutating func inputEnded(failed: Bool) -> Action {
        switch state {
        case .serving(.reading(true), true):
            state = .stopping(stdio: true, http: true, failed: failed)
            return .stop(stdio: .finish(isLast: true))
        case .serving(.reading, let http):
            state = .serving(stdio: .finishing(failed: failed), http: http)
            return .finishStdio
        case .serving(.finishing, _), .serving(nil, _), .draining, .stopping, .givingUp, .stopped: return .none
        }
    }

    /// All that the client on standard input has asked is answered, and the answers are out.
    package mutating func stdioSettled() -> Action {
        switch state {
        case .serving(.finishing(let failed), let http): return stdioEnded(failed: failed, http: http)
        case .draining(true, let failed):
            state = .draining(stdio: false, failed: failed)
            return .closeStdio
        case .stopping(true, let http, let failed):
            state = http ? .stopping(stdio: false, http: true, failed: failed) : .stopped(failed: failed)
            return http ? .closeStdio : .exit
        case .serving(.reading, _), .serving(nil, _), .draining, .stopping(false, _, _), .givingUp, .stopped:
            return .none
        }
    }

    /// Nobody reads standard output any more.
    package mutating func outputClosed() -> Action {
        switch state {
        case .serving(.reading(true), true):
            state = .stopping(stdio: false, http: true, failed: true)
            return .stop(stdio: .close)
        case .serving(.reading, let http), .serving(.finishing, let http): return stdioEnded(failed: true, http: http)
        case .draining(true, _):
            state = .draining(stdio: false, failed: true)
            return .closeStdio
        case .stopping(true, let http, _):
            state = http ? .stopping(stdio: false, http: true, failed: true) : .stopped(failed: true)
            return http ? .closeStdio : .exit
        case .serving(nil, _), .draining, .stopping(false, _, _), .givingUp, .stopped: return .none
        }
    }

    /// HTTP goes on without a client on standard input that has never said a word.
    private mutating func stdioEnded(failed: Bool, http: Bool) -> Action {
        state = http ? .serving(stdio: nil, http: true) : .stopped(failed: failed)
        return http ? .closeStdio : .exit
    }

    /// A signal asks the program to stop; a second one, to stop at once.
    ///
    /// - Parameter drains: HTTP has clients, who are to be told first.
    package mutating func signalReceived(drains: Bool) -> Action {
        switch state {
        case .serving(.reading, let http): return beginEnd(stdio: .finish(isLast: false), http, drains, failed: false)
        // A client that has closed its input, and sends a signal then, waits for nothing any more.
        case .serving(.finishing(let failed), let http): return beginEnd(stdio: .close, http, drains, failed: failed)
        case .serving(nil, let http): return beginEnd(stdio: .none, http, drains, failed: false)
        case .draining(_, let failed), .stopping(_, _, let failed), .givingUp(let failed):
            state = .stopped(failed: failed)
            return .exit
        case .stopped: return .none
        }
    }

    private mutating func beginEnd(stdio end: StdioEnd, _ http: Bool, _ drains: Bool, failed: Bool) -> Action {
        let waits = end == .finish(isLast: false)
        if http && drains {
            state = .draining(stdio: waits, failed: failed)
            return .drain(stdio: end)
        }
        state = http || waits ? .stopping(stdio: waits, http: http, failed: failed) : .stopped(failed: failed)
        return http || waits ? .stop(stdio: end) : .exit
    }

    /// The last HTTP connection is closed.
    package mutating func httpDrained() -> Action {
        switch state {
        case .stopping(let stdio, true, let failed):
            state = stdio ? .stopping(stdio: true, http: false, failed: failed) : .stopped(failed: failed)
            return stdio ? .closeHTTP : .exit
        case .givingUp(let failed):
            state = .stopped(failed: failed)
            return .exit
        case .serving, .draining, .stopping(_, false, _), .stopped: return .none
        }
    }

    /// The time of the last action has passed.
    package mutating func timePassed() -> Action {
        switch state {
        case .draining(let stdio, let failed):
            state = .stopping(stdio: stdio, http: true, failed: failed)
            return .stop(stdio: .none)
        case .stopping(_, true, let failed):
            state = .givingUp(failed: failed)
            return .giveUpHTTP
        case .stopping(_, false, let failed), .givingUp(let failed):
            state = .stopped(failed: failed)
            return .exit
        case .serving, .stopped: return .none
        }
    }
}

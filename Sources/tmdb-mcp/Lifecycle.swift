/// How the program serves and ends: by a signal, or when the input of its only client has ended. A value that is told
/// what has happened and returns what to do.
package struct Lifecycle: ~Copyable {
    package enum State: Equatable {
        /// - stdio: the client on standard input and output, as long as there is one.
        case serving(stdio: Stdio?, http: Bool)
        /// A signal has come. What has begun is still answered, for a while.
        case stopping(stdio: Bool, http: Bool, failed: Bool)
        case stopped(failed: Bool)
    }

    package enum Stdio: Equatable {
        case reading
        /// Its input has ended, or could not be read; what it has asked is still answered.
        case finishing(failed: Bool)
    }

    package enum Action: Equatable {
        case none
        case finishStdio
        case closeStdio
        case closeHTTP
        /// HTTP is drained, and everything has `ProgramLimits.stopTime`.
        case stop(stdio: StdioEnd)
        /// Whatever is open is closed.
        case exit
    }

    package enum StdioEnd: Equatable {
        case none
        case finish
        case close
    }

    package private(set) var state: State

    /// - Parameter stdio, http: what is served.
    package init(stdio: Bool, http: Bool) {
        state = stdio || http ? .serving(stdio: stdio ? .reading : nil, http: http) : .stopped(failed: true)
    }

    package var hasFailed: Bool {
        switch state {
        case .serving: false
        case .stopping(_, _, let failed), .stopped(let failed): failed
        }
    }

    /// Standard input has ended.
    package mutating func inputEnded(failed: Bool) -> Action {
        switch state {
        case .serving(.reading, let http):
            state = .serving(stdio: .finishing(failed: failed), http: http)
            return .finishStdio
        case .serving(.finishing, _), .serving(nil, _), .stopping, .stopped: return .none
        }
    }

    /// All that the client on standard input has asked is answered, and the answers are out.
    package mutating func stdioSettled() -> Action {
        switch state {
        case .serving(.finishing(let failed), let http): return stdioEnded(failed: failed, http: http)
        case .stopping(true, let http, let failed):
            state = http ? .stopping(stdio: false, http: true, failed: failed) : .stopped(failed: failed)
            return http ? .closeStdio : .exit
        case .serving(.reading, _), .serving(nil, _), .stopping(false, _, _), .stopped: return .none
        }
    }

    /// Nobody reads standard output any more.
    package mutating func outputClosed() -> Action {
        switch state {
        case .serving(.reading, let http), .serving(.finishing, let http): return stdioEnded(failed: true, http: http)
        case .stopping(true, let http, _):
            state = http ? .stopping(stdio: false, http: true, failed: true) : .stopped(failed: true)
            return http ? .closeStdio : .exit
        case .serving(nil, _), .stopping(false, _, _), .stopped: return .none
        }
    }

    /// HTTP goes on without the client on standard input: `docker run -d` has none.
    private mutating func stdioEnded(failed: Bool, http: Bool) -> Action {
        state = http ? .serving(stdio: nil, http: true) : .stopped(failed: failed)
        return http ? .closeStdio : .exit
    }

    /// A signal asks the program to stop; a second one, to stop at once.
    package mutating func signalReceived() -> Action {
        switch state {
        case .serving(.reading, let http):
            state = .stopping(stdio: true, http: http, failed: false)
            return .stop(stdio: .finish)
        // A client that has closed its input, and sends a signal then, waits for nothing any more.
        case .serving(.finishing(let failed), let http):
            state = http ? .stopping(stdio: false, http: true, failed: failed) : .stopped(failed: failed)
            return http ? .stop(stdio: .close) : .exit
        case .serving(nil, let http):
            state = http ? .stopping(stdio: false, http: true, failed: false) : .stopped(failed: false)
            return http ? .stop(stdio: .none) : .exit
        case .stopping(_, _, let failed):
            state = .stopped(failed: failed)
            return .exit
        case .stopped: return .none
        }
    }

    /// The last HTTP connection is closed.
    package mutating func httpDrained() -> Action {
        switch state {
        case .stopping(let stdio, true, let failed):
            state = stdio ? .stopping(stdio: true, http: false, failed: failed) : .stopped(failed: failed)
            return stdio ? .closeHTTP : .exit
        case .serving, .stopping(_, false, _), .stopped: return .none
        }
    }

    /// `ProgramLimits.stopTime` has passed since the signal.
    package mutating func stopTimePassed() -> Action {
        switch state {
        case .stopping(_, _, let failed):
            state = .stopped(failed: failed)
            return .exit
        case .serving, .stopped: return .none
        }
    }
}

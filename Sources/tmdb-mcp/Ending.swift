import System

/// Why the server stops, and what it waits for then.
struct Ending {
    enum Phase {
        /// HTTP clients hear that they are to go elsewhere.
        case drain
        /// Requests that run are answered.
        case requests
        /// Errors reach those whose requests were given up.
        case errors

        var field: String {
            switch self {
            case .drain: "drain_ms"
            case .requests: "requests_ms"
            case .errors: "errors_ms"
            }
        }
    }

    var cause = ""
    private(set) var waits: [(phase: Phase, time: TimeSpan)] = []
    private(set) var hasBegun = false
    private var current: (phase: Phase, began: Instant)?

    /// - Parameter phase: nil at the end.
    mutating func begin(_ phase: Phase?, at now: Instant) {
        hasBegun = true
        if let current { waits.append((current.phase, now - current.began)) }
        current = phase.map { ($0, now) }
    }
}

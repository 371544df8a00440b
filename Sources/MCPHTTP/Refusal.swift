import HTTPServer

/// A request that was not served: who sent it, and why not. Nothing of its path or its token is in here.
public struct Refusal {
    public enum Reason: Int, CaseIterable, Sendable {
        case malformed, tooLarge, tooSlow, unsupported, tooManyConnections
        case host, origin, path, method, missingToken, wrongToken, contentType, accept
        case missingSession, session, revision, events

        /// As the log and the metrics have it.
        public var name: String {
            switch self {
            case .malformed: "malformed"
            case .tooLarge: "too_large"
            case .tooSlow: "too_slow"
            case .unsupported: "unsupported"
            case .tooManyConnections: "too_many_connections"
            case .host: "host"
            case .origin: "origin"
            case .path: "path"
            case .method: "method"
            case .missingToken: "missing_token"
            case .wrongToken: "wrong_token"
            case .contentType: "content_type"
            case .accept: "accept"
            case .missingSession: "missing_session"
            case .session: "session"
            case .revision: "revision"
            case .events: "events"
            }
        }

        /// Whether it may be somebody who has no business here, rather than a client that tries what is served.
        public var isSuspicious: Bool {
            switch self {
            case .malformed, .tooManyConnections, .host, .origin, .missingToken, .wrongToken: true
            case .tooLarge, .tooSlow, .unsupported, .path, .method, .contentType, .accept, .missingSession, .session,
                .revision, .events:
                false
            }
        }

        init(_ fault: RequestFault) {
            self =
                switch fault {
                case .malformed: .malformed
                case .requestLineTooLong, .headTooLarge, .tooManyFields, .bodyTooLarge, .trailersTooLarge: .tooLarge
                case .headTooSlow, .bodyTooSlow: .tooSlow
                case .unsupportedVersion, .unknownMethod, .unknownTransferCoding, .unknownExpectation: .unsupported
                case .tooManyConnections: .tooManyConnections
                }
        }
    }

    public let reason: Reason
    public let status: Int
    /// Where the client is; what a trusted proxy says of it goes before the other end of the connection. Empty when it
    /// is not known.
    public let peer: String
    /// The name that was refused as Host or Origin, as the client wrote it: cut, and otherwise anything.
    public let name: String?
    /// How many refusals before it were counted, but not told.
    public let untold: Int64
}

import HTTPTypes

/// Which web pages may send requests. Programs that are no browsers send no Origin.
public enum OriginRule: Sendable {
    case anything
    /// Pages on the same machine, over HTTP or HTTPS, and those of other origins, as browsers write them: small
    /// letters, no port that the scheme has anyway (RFC 6454, section 6.2).
    case loopback(and: [String] = [])

    public func allows(_ origin: String) -> Bool {
        switch self {
        case .anything: true
        case .loopback(let others): others.contains(origin) || OriginRule.isLoopback(origin)
        }
    }

    /// False for "null", which pages without a place of their own send.
    private static func isLoopback(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.utf8.starts(with: scheme.utf8) {
            guard let given = Authority(String(origin.dropFirst(scheme.utf8.count))) else { return false }
            return Authority.loopback.contains { $0.covers(given) }
        }
        return false
    }
}

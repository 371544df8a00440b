import Bytes
import HTTPTypes

/// Which web pages may send requests. Programs that are no browsers send no Origin.
public enum OriginRule: Sendable {
    case anything
    /// Pages on the same machine, over HTTP or HTTPS, and those of other origins, in small letters, without a port that
    /// the scheme has anyway (RFC 6454, section 6.2). `scheme://` alone is every origin of a scheme. Case does not
    /// count: browsers write some hosts in capitals, such as the ids of extensions.
    case loopback(and: [String] = [])

    @inline(never)  // would be copied to where it is asked and to where it is answered
    public func allows(_ origin: String) -> Bool {
        switch self {
        case .anything: true
        case .loopback(let others): OriginRule.covers(others, origin.asciiLowercased) || OriginRule.isLoopback(origin)
        }
    }

    private static func covers(_ others: [String], _ origin: String) -> Bool {
        others.contains {
            $0 == origin || ($0.utf8.last == UInt8(ascii: "/") && origin.utf8.starts(with: $0.utf8))
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

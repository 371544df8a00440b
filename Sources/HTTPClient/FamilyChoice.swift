import CCurl
import HTTPTypes
import System

/// Which family of addresses a host is asked by: a network may let connections of one come about and then carry nothing
/// (a tunnel that swallows what is large, a firewall that forgets). The other one is then tried for a while.
struct FamilyChoice {
    private var silent: (host: String, family: Int32, until: Instant)?

    /// What a new connection is made with.
    struct Options {
        /// Of CURLOPT_IPRESOLVE.
        let option: Int
        /// Of CURLOPT_DNS_CACHE_TIMEOUT. What is looked up for one family must not stand for both.
        let cacheSeconds: Int

        var isHeld: Bool { option != Int(CURL_IPRESOLVE_WHATEVER) }
    }

    /// - Parameter isFresh: whether what libcurl remembers of the name is doubtful.
    func options(for host: String, at now: Instant, isFresh: Bool) -> Options {
        guard let silent, silent.host == host, now < silent.until else {
            return Options(
                option: Int(CURL_IPRESOLVE_WHATEVER), cacheSeconds: isFresh ? 0 : HTTPClientLimits.nameSeconds)
        }
        return Options(
            option: Int(silent.family == AF_INET6 ? CURL_IPRESOLVE_V4 : CURL_IPRESOLVE_V6), cacheSeconds: 0)
    }

    /// The host took a connection of this family, and then nothing came.
    mutating func leave(_ family: Int32, of host: String, at now: Instant) {
        silent = (host, family, now + HTTPClientLimits.silentFamilyTime)
    }

    /// The family that was taken in the other's place is no better.
    mutating func forget() { silent = nil }
}

extension HTTPFailure {
    /// Whether no connection came about, as where a host has no address of a family.
    var isWithoutConnection: Bool {
        switch self {
        case .nameNotResolved, .noNameServer, .nameLeadsHere, .connectionRefused, .connectionFailed, .noRoute,
            .proxy(.nameNotResolved), .proxy(.connectionFailed):
            true
        default: false
        }
    }
}

import Bytes
import CCurl

/// What the environment says of the proxy for a request, found as libcurl finds it. The address is not kept: it may
/// hold a password.
struct ProxySetting: Equatable {
    /// Whether the proxy itself is reached over TLS.
    let isOverTLS: Bool
    let hasCredentials: Bool

    /// Nil when no proxy is set. Exceptions (NO_PROXY) are not looked at.
    init?(forTLS isTLS: Bool) {
        let names = (isTLS ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]) + ["all_proxy", "ALL_PROXY"]
        for name in names {
            guard let text = Self.variable(name) else { continue }
            self.init(text)
            return
        }
        return nil
    }

    init(_ address: String) {
        let bytes = Array(address.utf8)
        isOverTLS = bytes.prefix(8).map { $0.asciiLowercased } == Array("https://".utf8)
        hasCredentials = bytes.contains(UInt8(ascii: "@"))
    }

    private static func variable(_ name: String) -> String? {
        // SAFETY: a terminated string that is copied here; nothing changes the environment any more.
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}

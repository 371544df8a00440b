import Bytes
import CCurl
import System

/// The host and port that a request goes to: the parts of its URL that may be shown.
struct Origin: Equatable {
    /// At most `HTTPClientLimits.hostBytesMax` bytes.
    let host: String
    let port: UInt16
    let isSecure: Bool

    /// Whether the host is an address, or a name that means this machine (RFC 6761 section 6.3): what it leads to is
    /// what was asked for.
    var isLocal: Bool {
        let name = Array(host.utf8)
        return SocketAddress(host: host, port: port) != nil || name.suffix(10).elementsEqual(".localhost".utf8)
    }

    enum Fault: Error, Equatable {
        case malformed, otherScheme
    }

    /// Reads the URL as libcurl will. It must be absolute, without whitespace or control characters.
    init(url: String) throws(Fault) {
        guard Self.isWritable(url) else { throw .malformed }
        guard let parts = unsafe curl_url() else { throw .malformed }
        // SAFETY: the parts are a local, cleaned up at the end; libcurl copies the URL.
        defer { unsafe curl_url_cleanup(parts) }
        switch unsafe url.withCString({ unsafe curl_url_set(parts, CURLUPART_URL, $0, 0) }) {
        case CURLUE_OK: break
        case CURLUE_UNSUPPORTED_SCHEME: throw .otherScheme
        default: throw .malformed
        }
        guard let scheme = unsafe Self.part(CURLUPART_SCHEME, of: parts) else { throw .malformed }
        guard scheme == "http" || scheme == "https" else { throw .otherScheme }
        guard let host = unsafe Self.part(CURLUPART_HOST, of: parts),
            let portText = unsafe Self.part(CURLUPART_PORT, of: parts, flags: UInt32(CURLU_DEFAULT_PORT)),
            let port = UInt16(portText)
        else { throw .malformed }
        self.host = String(decoding: host.utf8.prefix(HTTPClientLimits.hostBytesMax), as: UTF8.self)
        self.port = port
        isSecure = scheme == "https"
    }

    /// Whether a URL is free of whitespace and control characters.
    static func isWritable(_ url: String) -> Bool {
        url.allBytes { $0 > 0x20 && $0 != 0x7F }
    }

    /// A URL's front, up to the slash after the authority, which settles the origin of every URL that begins so; nil
    /// when there is no such slash.
    static func prefix(of url: String) -> [UInt8]? {
        var slashes = 0
        var prefix: [UInt8] = []
        for byte in url.utf8 {
            // Either would end the authority before the slash does; libcurl takes a backslash for a slash in places.
            if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\\") { return nil }
            prefix.append(byte)
            if byte == UInt8(ascii: "/") { slashes += 1 }
            if slashes == 3 { return prefix }
        }
        return nil
    }

    @unsafe private static func part(_ part: CURLUPart, of parts: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        // SAFETY: libcurl allocates the text, which is copied and freed here.
        guard unsafe curl_url_get(parts, part, &text, flags) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}

import Bytes

/// An absolute http or https URL that paths are appended to. It holds no user, password, query or fragment, so that it
/// may be shown.
package struct BaseURL: Equatable, Sendable {
    /// Without a slash at the end.
    package let text: String

    /// Nil unless the text is `http://` or `https://`, a host, perhaps a port and a path, all in visible ASCII.
    package init?(_ text: String) {
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: { text.utf8.starts(with: $0.utf8) }) else { return nil }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        guard let first = rest.first, BaseURL.isHostStart(first) else { return nil }
        guard rest.allSatisfy(BaseURL.isAllowed) else { return nil }
        var trimmed = text
        while trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
        self.text = trimmed
    }

    /// The URL of a path below this one. Names and values of the query are percent-encoded (RFC 3986 section 2.1).
    ///
    /// - Parameter path: begins with a slash; appended as it is.
    package func appending(path: String, query: [(name: String, value: String)]) -> String {
        var url: [UInt8] = []
        url.reserveCapacity(BaseURL.bytesUsual)
        url += text.utf8
        url += path.utf8
        var separator = UInt8(ascii: "?")
        for item in query {
            url.append(separator)
            BaseURL.encode(item.name, into: &url)
            url.append(UInt8(ascii: "="))
            BaseURL.encode(item.value, into: &url)
            separator = UInt8(ascii: "&")
        }
        return String(decoding: url, as: UTF8.self)
    }

    /// Room for most URLs.
    private static let bytesUsual = 256

    /// A host begins with a letter, a digit or, for IPv6, a bracket.
    private static func isHostStart(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "[")
    }

    /// Visible ASCII without what would begin a user, a query or a fragment, or end the URL.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        guard byte.isVisibleASCII else { return false }
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "<"), UInt8(ascii: ">"):
            return false
        default: return true
        }
    }

    private static func encode(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case _ where byte.isASCIILetterOrDigit, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(UInt8(hexDigitFor: byte >> 4).asciiUppercased)
                bytes.append(UInt8(hexDigitFor: byte).asciiUppercased)
            }
        }
    }
}

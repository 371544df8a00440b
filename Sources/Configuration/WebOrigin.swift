import Bytes
import HTTPTypes

/// A scheme, a host and perhaps a port: where a web page comes from (RFC 6454); or all hosts of a scheme.
struct WebOrigin: Equatable {
    /// In lowercase letters, without the port that http and https have anyway; `scheme://` for all hosts of a scheme.
    let text: String

    init?(_ text: String) {
        guard text.isVisibleASCII else { return nil }
        let parts = text.asciiLowercased.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let scheme = parts.first, let rest = parts.last, WebOrigin.isScheme(scheme) else {
            return nil
        }
        // Of a scheme whose hosts are made up at random.
        if rest.utf8.elementsEqual("//*".utf8) {
            self.text = String(scheme) + "://"
            return
        }
        guard rest.utf8.starts(with: "//".utf8), let authority = Authority(String(rest.dropFirst(2))) else {
            return nil
        }
        let isUsual = (scheme == "http" && authority.port == 80) || (scheme == "https" && authority.port == 443)
        self.text = "\(scheme)://\(isUsual ? authority.host : authority.text)"
    }

    /// RFC 3986, section 3.1.
    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first.isASCIILetter else { return false }
        return text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "+-.".utf8.contains($0) }
    }
}

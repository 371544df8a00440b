import TestSupport

extension Client {
    /// The status of each response.
    var statuses: [String] {
        text.components(of: "HTTP/1.1 ").map { String($0.prefix(3)) }
    }
}

extension String {
    /// What stands behind each occurrence of `separator`, up to the next.
    func components(of separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            rest = rest[range.upperBound...]
            parts.append(rest.firstRange(of: separator).map { rest[..<$0.lowerBound] } ?? rest)
        }
        return parts
    }

    var count200: Int { components(of: "HTTP/1.1 200 OK\r\n").count }
}

import Bytes

/// libcurl's words for a failure, to be searched where its codes are too coarse. They may hold secrets.
struct ErrorText {
    private let bytes: [UInt8]

    init(_ words: String) {
        bytes = Array(words.utf8)
    }

    func begin(with part: String) -> Bool {
        bytes.starts(with: part.utf8)
    }

    func contain(_ part: String) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part.utf8) }
    }

    /// The hexadecimal number that stands behind a part.
    func hexNumber(after part: String) -> Int? {
        let part = Array(part.utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: part) }) else { return nil }
        let digits = bytes[(start + part.count)...].prefix { $0.isHexDigit }.prefix(7)
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

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
        let digits = bytes[(start + part.count)...].prefix { ErrorText.isHexDigit($0) }.prefix(7)
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}

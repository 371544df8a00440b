/// libcurl's words for a failure, to be searched where its codes are too coarse. They may hold secrets.
struct ErrorWords {
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
}

/// A URI with variable parts: RFC 6570, level 1, where each `{name}` stands for one path segment.
public struct URITemplate: Sendable {
    public struct Variable: Equatable, Sendable {
        public let name: String
        /// Percent-encoding undone.
        public let value: String
    }

    private enum Part: Sendable {
        case literal(String)
        case variable(String)
    }

    public let text: String
    private let parts: [Part]

    /// The text is the server's own: an unclosed brace stands for itself.
    public init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            parts.append(.variable(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    public var variableNames: [String] {
        parts.compactMap { part in
            if case .variable(let name) = part { name } else { nil }
        }
    }

    /// The values of the variables, or nil when the URI is none of this template's. A value has one byte or more and no
    /// slash, and ends where the literal after it begins for the first time.
    public func match(_ uri: String) -> [Variable]? {
        let bytes = Array(uri.utf8)
        var position = 0
        var variables: [Variable] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let literal):
                guard bytes[position...].starts(with: literal.utf8) else { return nil }
                position += literal.utf8.count
            case .variable(let name):
                let end = endOfValue(in: bytes, from: position, before: parts.dropFirst(index + 1).first)
                guard end > position, let value = PercentEncoding.decode(bytes[position..<end]) else { return nil }
                variables.append(Variable(name: name, value: value))
                position = end
            }
        }
        return position == bytes.count ? variables : nil
    }

    private func endOfValue(in bytes: [UInt8], from start: Int, before next: Part?) -> Int {
        var literal: [UInt8] = []
        if case .literal(let text) = next { literal = Array(text.utf8) }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "/") {
            if !literal.isEmpty, end > start, bytes[end...].starts(with: literal) { break }
            end += 1
        }
        return end
    }
}

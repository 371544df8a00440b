import Bytes
import HTTPTypes

/// Puts a response together from what libcurl delivers, within the limits. Does no I/O, and keeps what it refused.
struct PartialResponse {
    let bodyBytesMax: Int
    private(set) var fields = HTTPFields()
    private(set) var body: [UInt8] = []
    /// Set once; from then on everything is refused.
    private(set) var tooLarge: HTTPFailure.Part?
    /// Whether the empty line came that ends the last head.
    private(set) var isHeadComplete = false
    /// Whether nothing came, not even a proxy's answer.
    var isUntouched: Bool { headBytes == 0 }
    private var headBytes = 0
    private var announcedBytes = 0

    init(bodyBytesMax: Int) {
        self.bodyBytesMax = bodyBytesMax
    }

    var failure: HTTPFailure? {
        switch tooLarge {
        case .head: .tooLarge(.head, bytesMax: HTTPClientLimits.headBytesMax)
        case .body: .tooLarge(.body, bytesMax: bodyBytesMax)
        case nil: nil
        }
    }

    /// Takes one line of a head, its line end included: a status line, a field, or the empty line. A status line begins
    /// anew, since interim responses (100 to 199) come before the one that counts. False when over the limit.
    mutating func takeHeadLine(_ line: Span<UInt8>) -> Bool {
        guard tooLarge == nil, line.count <= HTTPClientLimits.headBytesMax - headBytes else {
            if tooLarge == nil { tooLarge = .head }
            return false
        }
        headBytes += line.count
        if Self.isStatusLine(line) {
            fields = HTTPFields()
            announcedBytes = 0
            isHeadComplete = false
        } else if line.count <= 2 {
            isHeadComplete = true
        } else if let field = Self.field(line) {
            if field.isNamed("content-length") { announcedBytes = Int(field.value) ?? 0 }
            fields.append(field)
        }
        return true
    }

    /// Takes decoded bytes of the body. False when over the limit.
    mutating func takeBody(_ bytes: Span<UInt8>) -> Bool {
        guard tooLarge == nil, bytes.count <= bodyBytesMax - body.count else {
            if tooLarge == nil { tooLarge = .body }
            body = []
            return false
        }
        if body.isEmpty {
            body.reserveCapacity(max(0, min(announcedBytes, bodyBytesMax, HTTPClientLimits.reservedBytesMax)))
        }
        body.append(copying: bytes)
        return true
    }

    private static func isStatusLine(_ line: Span<UInt8>) -> Bool {
        line.count >= 5 && line[0] == 0x48 && line[1] == 0x54 && line[2] == 0x54 && line[3] == 0x50 && line[4] == 0x2F
    }

    /// Name, colon, value between optional whitespace (RFC 9112 section 5). A line without a colon is left out; bytes
    /// of a value that are not UTF-8 become U+FFFD.
    private static func field(_ line: Span<UInt8>) -> HTTPField? {
        guard let nameEnd = line.firstIndex(of: 0x3A, from: 0), nameEnd > 0 else { return nil }
        var end = line.count
        // The line end, which libcurl leaves on.
        while end > nameEnd, line[end - 1].isASCIIWhitespace { end -= 1 }
        let value = line.extracting(min(nameEnd + 1, end)..<end)
        return HTTPField(
            received: String(copying: line.extracting(0..<nameEnd)),
            value: String(copying: value.extracting(value.trimmed)))
    }
}

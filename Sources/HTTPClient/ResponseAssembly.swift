import HTTPTypes

/// Puts a response together from what libcurl delivers, within the limits. Does no I/O, and keeps what it refused.
struct ResponseAssembly {
    let bodyBytesMax: Int
    private(set) var fields = HTTPFields()
    private(set) var body: [UInt8] = []
    /// Set once; from then on everything is refused.
    private(set) var tooLarge: HTTPFailure.Part?
    /// Whether the empty line came that ends the last head.
    private(set) var isHeadComplete = false
    private var headBytes = 0
    private var announcedBytes = 0

    init(bodyBytesMax: Int) {
        self.bodyBytesMax = bodyBytesMax
    }

    var failure: HTTPFailure? {
        switch tooLarge {
        case .head: .tooLarge(.head, bytesMax: Limits.headBytesMax)
        case .body: .tooLarge(.body, bytesMax: bodyBytesMax)
        case nil: nil
        }
    }

    /// Takes one line of a head, its line end included: a status line, a field, or the empty line. A status line begins
    /// anew, since interim responses (100 to 199) come before the one that counts. False when over the limit.
    mutating func takeHeadLine(_ line: Span<UInt8>) -> Bool {
        guard tooLarge == nil, line.count <= Limits.headBytesMax - headBytes else {
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
            fields.append(field.name, field.value)
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
            body.reserveCapacity(max(0, min(announcedBytes, bodyBytesMax, Limits.reservedBytesMax)))
        }
        // SAFETY: the bytes are copied before the closure returns.
        unsafe bytes.withUnsafeBufferPointer { unsafe body.append(contentsOf: $0) }
        return true
    }

    private static func isStatusLine(_ line: Span<UInt8>) -> Bool {
        line.count >= 5 && line[0] == 0x48 && line[1] == 0x54 && line[2] == 0x54 && line[3] == 0x50 && line[4] == 0x2F
    }

    /// Name, colon, value between optional blanks (RFC 9112 section 5). A line without a colon is left out; bytes of a
    /// value that are not UTF-8 become U+FFFD.
    private static func field(_ line: Span<UInt8>) -> HTTPField? {
        var name: [UInt8] = []
        var value: [UInt8] = []
        var inValue = false
        for index in line.indices {
            let byte = line[index]
            if inValue {
                value.append(byte)
            } else if byte == 0x3A {
                inValue = true
            } else {
                name.append(byte)
            }
        }
        guard inValue, !name.isEmpty else { return nil }
        while let last = value.last, isBlank(last) { value.removeLast() }
        return HTTPField(
            name: String(decoding: name, as: UTF8.self),
            value: String(decoding: value.drop(while: isBlank), as: UTF8.self))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }
}

/// Reads one JSON text (RFC 8259) by recursive descent, at most `limits.depth` deep.
///
/// Its methods share `offset`, the next byte to read; each expects it at the first byte of what it reads and leaves it
/// after the last.
struct JSONParser: ~Copyable, ~Escapable {
    let bytes: Span<UInt8>
    let limits: JSONLimits
    let invalidText: InvalidTextPolicy
    var offset = 0
    /// Reused for every string that has escapes.
    var unescaped: [UInt8] = []
    /// Whether the last string was nothing but ASCII without escapes.
    var isPlain = false
    private var valueCount = 0
    /// The last object: those of a list have the same keys in the same order.
    private var lastObject = JSONObject()

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, limits: JSONLimits, invalidText: InvalidTextPolicy) {
        self.bytes = bytes
        self.limits = limits
        self.invalidText = invalidText
    }

    /// Members that room is made for before they are read.
    private static var reservedCountMax: Int { 32 }

    /// The next byte, nil at the end.
    var next: UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.bytes else { throw error(.tooManyBytes(limit: limits.bytes)) }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { throw error(.byteOrderMark) }
        skipWhitespace()
        let value = try value(depth: 0, or: .value)
        skipWhitespace()
        guard next == nil else { throw unexpected(.end) }
        return value
    }

    func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: offset)
    }

    func unexpected(_ expected: JSONError.Expectation) -> JSONError {
        if let byte = next {
            error(.unexpectedByte(byte, expected: expected))
        } else {
            error(.unexpectedEnd(expected: expected))
        }
    }

    /// - Parameters:
    ///   - depth: of the containers around the value.
    ///   - expected: what an error says when there is no value.
    private mutating func value(depth: Int, or expected: JSONError.Expectation) throws(JSONError) -> JSONValue {
        guard let byte = next else { throw unexpected(expected) }
        guard valueCount < limits.values else { throw error(.tooManyValues(limit: limits.values)) }
        valueCount += 1
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "t"):
            try literal([0x74, 0x72, 0x75, 0x65], .literalTrue)
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal([0x66, 0x61, 0x6C, 0x73, 0x65], .literalFalse)
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal([0x6E, 0x75, 0x6C, 0x6C], .literalNull)
            return .null
        default: throw unexpected(expected)
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        offset += 1
        skipWhitespace()
        var elements: [JSONValue] = []
        if next == UInt8(ascii: "]") {
            offset += 1
            return elements
        }
        var expected = JSONError.Expectation.valueOrArrayEnd
        while true {
            let element = try value(depth: depth + 1, or: expected)
            // Growing from one to two to four would take as many allocations.
            if elements.isEmpty { elements.reserveCapacity(4) }
            elements.append(element)
            skipWhitespace()
            if next == UInt8(ascii: "]") {
                offset += 1
                return elements
            }
            guard next == UInt8(ascii: ",") else { throw unexpected(.commaOrArrayEnd) }
            offset += 1
            skipWhitespace()
            expected = .value
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        offset += 1
        skipWhitespace()
        var object = JSONObject()
        if next == UInt8(ascii: "}") {
            offset += 1
            return object
        }
        let model = lastObject
        // While all keys are the model's, each of them is new.
        var isLikeModel = true
        if !model.isEmpty { object.reserveCapacity(min(model.count, Self.reservedCountMax)) }
        var marks = KeyBloomFilter()
        var expected = JSONError.Expectation.keyOrObjectEnd
        while true {
            guard next == UInt8(ascii: "\"") else { throw unexpected(expected) }
            let key: String
            var isNew = true
            if isLikeModel, let modelKey = model.key(at: object.count), skip(quoted: modelKey) {
                key = modelKey
            } else {
                if isLikeModel { marks = object.keyMarks }
                isLikeModel = false
                let start = offset
                key = try string()
                isNew = marks.insert(isPlain ? bytes.extracting((start + 1)..<(offset - 1)) : nil)
            }
            skipWhitespace()
            guard next == UInt8(ascii: ":") else { throw unexpected(.colon) }
            offset += 1
            skipWhitespace()
            let value = try value(depth: depth + 1, or: .value)
            if object.count == 1 { object.reserveCapacity(4) }
            if isNew { object.append(key, value) } else { object.set(key, to: value) }
            skipWhitespace()
            if next == UInt8(ascii: "}") {
                offset += 1
                lastObject = object
                return object
            }
            guard next == UInt8(ascii: ",") else { throw unexpected(.commaOrObjectEnd) }
            offset += 1
            skipWhitespace()
            expected = .key
        }
    }

    /// Skips a string that is this one, between quotes and without escapes. False when there is another.
    private mutating func skip(quoted text: String) -> Bool {
        let text = text.utf8.span
        guard bytes.count - offset >= text.count + 2, bytes[offset + 1 + text.count] == UInt8(ascii: "\"") else {
            return false
        }
        for position in text.indices {
            let byte = text[position]
            guard byte == bytes[offset + 1 + position], !byte.isEscaped else { return false }
        }
        offset += text.count + 2
        return true
    }

    private mutating func literal<let length: Int>(
        _ text: InlineArray<length, UInt8>,
        _ expected: JSONError.Expectation
    ) throws(JSONError) {
        for position in text.indices {
            guard next == text[position] else { throw unexpected(expected) }
            offset += 1
        }
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        // Most texts have none.
        if let byte = next, byte > 0x20 { return }
        skipMoreWhitespace()
    }

    @inline(never)
    private mutating func skipMoreWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }
}

import Bytes

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
    private var valueCount = 0
    /// Elements of arrays, without their values: a list has few kinds of objects, each of which has the same keys in
    /// the same order. Their keys are plain.
    private var models: [JSONObject] = []
    /// Whether the value that is read next is an array's element; of no meaning where it is no object.
    private var isElement = false
    /// The one that the last object was like.
    private var lastModel = 0
    /// The one to be replaced next.
    private var oldestModel = 0
    private static var modelsMax: Int { 6 }

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, limits: JSONLimits, invalidText: InvalidTextPolicy) {
        self.bytes = bytes
        self.limits = limits
        self.invalidText = invalidText
    }

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
            isElement = true
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

    @_optimize(speed)
    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        offset += 1
        skipWhitespace()
        if next == UInt8(ascii: "}") {
            offset += 1
            return JSONObject()
        }
        let isInList = isElement
        isElement = false
        var model = lastModel
        var object = isInList && model < models.count ? JSONObject(withKeysOf: models[model]) : JSONObject()
        // While they are, each key is new.
        var areKeysOfModel = isInList
        var marks: UInt64 = 0
        var expected = JSONError.Expectation.keyOrObjectEnd
        while true {
            guard next == UInt8(ascii: "\"") else { throw unexpected(expected) }
            var place = object.count
            if areKeysOfModel, object.expectsKey, skip(quoted: object.expectedKey) {
                // As it was expected.
            } else if areKeysOfModel, let other = skip(keyAfterThoseOf: &object) {
                model = other
            } else {
                if areKeysOfModel {
                    object.endKeys()
                    marks = object.keyMarks
                    areKeysOfModel = false
                }
                let key = JSONKey(try string())
                if place == 1 { object.reserveCapacity(4) }
                place = object.place(for: key, isNew: marks & key.mark == 0)
                marks |= key.mark
            }
            skipWhitespace()
            guard next == UInt8(ascii: ":") else { throw unexpected(.colon) }
            offset += 1
            skipWhitespace()
            let value = try value(depth: depth + 1, or: .value)
            object.put(value, at: place)
            skipWhitespace()
            if next == UInt8(ascii: "}") {
                offset += 1
                if areKeysOfModel, !object.expectsKey {
                    lastModel = model
                } else {
                    object.endKeys()
                    if isInList { keep(object) }
                }
                return object
            }
            guard next == UInt8(ascii: ",") else { throw unexpected(.commaOrObjectEnd) }
            offset += 1
            skipWhitespace()
            expected = .key
        }
    }

    /// Keeps the keys of an object for those to come.
    @inline(never)  // would make the frames of the recursion larger
    private mutating func keep(_ object: JSONObject) {
        guard object.hasPlainKeys else { return }
        if models.count < Self.modelsMax {
            models.append(object.withoutValues)
            lastModel = models.count - 1
        } else {
            lastModel = oldestModel
            models[oldestModel] = object.withoutValues
            oldestModel = (oldestModel + 1) % Self.modelsMax
        }
    }

    /// Skips the next key of an object where another model has the keys so far and then this one, whose keys the object
    /// then expects. Returns that model's place.
    @inline(never)
    private mutating func skip(keyAfterThoseOf object: inout JSONObject) -> Int? {
        let start = offset
        for place in models.indices {
            guard let key = models[place].key(after: object), skip(quoted: key) else { continue }
            if models[place].beginsWithKeys(of: object) {
                object.expectKeys(of: models[place])
                return place
            }
            offset = start
        }
        return nil
    }

    /// Skips a string that is this one, which is plain, between quotes. False when there is another.
    @inline(__always)
    private mutating func skip(quoted key: borrowing JSONKey) -> Bool {
        let text = key.text.utf8.span
        let start = offset + 1
        guard bytes.count - start > text.count, bytes[start + text.count] == UInt8(ascii: "\""),
            bytes.extracting(start..<(start + text.count)).isSame(as: text)
        else { return false }
        offset = start + text.count + 1
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

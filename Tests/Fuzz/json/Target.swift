import JSON

/// The parser never traps, keeps its limits, and what is written of a value is the same value again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe bytes(start, count)
    parse(input, JSONLimits(), .refuse)
    parse(input, JSONLimits(), .replace)
    // Limits so near that inputs of a few bytes reach them.
    parse(input, JSONLimits(depth: 3, bytes: 64, values: 8, numberBytes: 6), .refuse)
    return 0
}

private func parse(_ input: [UInt8], _ limits: JSONLimits, _ policy: InvalidTextPolicy) {
    do throws(JSONError) {
        let value = try JSONValue(parsing: input, limits: limits, invalidText: policy)
        require(input.count <= limits.bytes, "a text over the limit is refused")
        var values = 0
        require(depth(value, &values) <= limits.depth, "a value is not deeper than the limit")
        require(values <= limits.values, "a value has no more parts than the limit")
        rewrite(value, limits)
    } catch {
        require((0...input.count).contains(error.offset), "an error is inside the text")
        require(!error.message.isEmpty, "an error has words")
    }
}

private func rewrite(_ value: JSONValue, _ limits: JSONLimits) {
    let text = value.serialized()
    do throws(JSONError) {
        // Writing may lengthen a text: an escape for a replaced byte, an exponent written out.
        let wide = JSONLimits(depth: limits.depth, bytes: .max, values: limits.values)
        let again = try JSONValue(parsing: text, limits: wide)
        require(again == value, "parse, write, parse gives the same value")
        require(again.serialized() == text, "what is written twice is the same")
    } catch {
        require(false, "what is written can be read: \(error.message)")
    }
}

/// How deep containers are nested; counts the values, those that share a key aside.
private func depth(_ value: JSONValue, _ values: inout Int) -> Int {
    values += 1
    switch value {
    case .array(let elements):
        var deepest = 0
        for element in elements { deepest = max(deepest, depth(element, &values)) }
        return deepest + 1
    case .object(let members):
        var deepest = 0
        for (_, member) in members { deepest = max(deepest, depth(member, &values)) }
        return deepest + 1
    case .null, .bool, .number, .string: return 0
    }
}

extension JSONValue {
    /// Appends the value as compact JSON in UTF-8, members in their order. Only what RFC 8259, section 7, requires is
    /// escaped: the quote, the backslash and the control characters.
    package func write(into output: inout [UInt8]) {
        switch self {
        case .null: output.append("null")
        case .bool(let bool): output.append(bool ? "true" : "false")
        case .number(let number): number.write(into: &output)
        case .string(let string): output.append(quoting: string)
        case .array(let array):
            let elements = array.span
            output.append(UInt8(ascii: "["))
            for position in elements.indices {
                if position > 0 { output.append(UInt8(ascii: ",")) }
                elements[position].write(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object): object.write(into: &output)
        }
    }

    /// A number of bytes that the value as compact JSON does not exceed, for a fraction of the time of writing it.
    package var bytesBound: Int {
        switch self {
        case .null, .bool: return 5
        case .number(let number): return number.bytesBound
        case .string(let string): return JSONValue.bytesBound(of: string)
        case .array(let array):
            let elements = array.span
            var bound = 2 + elements.count
            for position in elements.indices { bound += elements[position].bytesBound }
            return bound
        case .object(let object): return object.bytesBound
        }
    }

    /// An escape has six bytes at most.
    static func bytesBound(of string: String) -> Int {
        let bytes = string.utf8.span
        var bound = 2 + bytes.count
        var position = bytes.plainText(from: 0).end
        while position < bytes.count {
            bound += 5
            position = bytes.plainText(from: position + 1).end
        }
        return bound
    }

    /// The value as compact JSON in UTF-8.
    package func serialized() -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }

    /// The value as compact JSON.
    package var text: String {
        String(decoding: serialized(), as: UTF8.self)
    }
}

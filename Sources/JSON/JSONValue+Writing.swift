import Bytes

extension JSONValue {
    /// Appends the value as compact JSON in UTF-8, members in their order. Only what RFC 8259, section 7, requires is
    /// escaped: the quote, the backslash and the control characters.
    public func write(into output: inout [UInt8]) {
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

    /// The value as compact JSON in UTF-8.
    public func serialized() -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output)
        return output
    }

    /// The value as compact JSON.
    public var text: String {
        String(decoding: serialized(), as: UTF8.self)
    }
}

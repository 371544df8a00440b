import Bytes
import JSON

extension [UInt8] {
    /// Adds a member that is not there yet to these bytes, the compact JSON of an object.
    mutating func append(member name: String, _ value: JSONValue) {
        guard popLast() == UInt8(ascii: "}") else { return }
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        append(quoting: name)
        append(UInt8(ascii: ":"))
        value.write(into: &self)
        append(UInt8(ascii: "}"))
    }

    /// Adds a member that is an object, of the compact JSON of its members; none for no members.
    mutating func append(member name: String, object members: [UInt8]) {
        guard !members.isEmpty, popLast() == UInt8(ascii: "}") else { return }
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        append(quoting: name)
        append(contentsOf: ":{".utf8)
        append(copying: members.span)
        append(contentsOf: "}}".utf8)
    }
}

import Bytes
import JSON

/// One member of a shape: its name, where it comes from and what it is.
final class Field: Sendable {
    let name: String
    let kind: Kind
    /// TMDB's names for it: the first member that has a value of the kind is taken.
    private let sources: [JSONKey]
    /// For the schema; nil where the name says all.
    let description: String?
    let isRequired: Bool
    /// Left out of compact objects.
    let isFullOnly: Bool
    /// The name as it stands before the value, and after a comma.
    private let key: [UInt8]

    /// - Parameter sources: the field's own name when there is none.
    @inline(never)  // in two hundred places
    convenience init(_ name: String, _ kind: Kind, from sources: String..., description: String? = nil) {
        self.init(name, kind, Field.keys(sources, or: name), description, isRequired: false, isFullOnly: false)
    }

    private init(
        _ name: String, _ kind: Kind, _ sources: [JSONKey], _ description: String?, isRequired: Bool, isFullOnly: Bool
    ) {
        self.name = name
        self.kind = kind
        self.sources = sources
        self.description = description
        self.isRequired = isRequired
        self.isFullOnly = isFullOnly
        var key = [UInt8(ascii: ",")]
        key.append(quoting: name)
        key.append(UInt8(ascii: ":"))
        self.key = key
    }

    @inline(never)  // would be copied into two hundred places
    private static func keys(_ sources: [String], or name: String) -> [JSONKey] {
        sources.isEmpty ? [JSONKey(name)] : sources.map { JSONKey($0) }
    }

    /// Fields of one kind under TMDB's own names, which stand in one text with blanks between.
    @inline(never)  // would be copied into each caller
    static func all(_ names: String, _ kind: Kind) -> [Field] {
        names.utf8.split(separator: UInt8(ascii: " ")).map { Field(String(Substring($0)), kind) }
    }

    /// An object without it is none.
    var required: Field {
        @inline(never)  // in many places
        get { Field(name, kind, sources, description, isRequired: true, isFullOnly: isFullOnly) }
    }

    /// For full records alone.
    var fullOnly: Field {
        @inline(never)  // in many places
        get { Field(name, kind, sources, description, isRequired: isRequired, isFullOnly: true) }
    }

    /// Appends the member as compact JSON, after a comma unless it is the first. Returns false when it has no value:
    /// what was appended then is to be removed.
    @_optimize(speed)  // each member of each row
    func write(_ source: JSONValue, _ shaping: Shaping, isFirst: Bool, into output: inout [UInt8]) -> Bool {
        switch kind {
        case .made(_, let make):
            guard let value = make(source, shaping) else { return false }
            writeKey(isFirst, into: &output)
            value.write(into: &output)
            return true
        case .derived(let kind, let derive):
            guard let member = derive(source, shaping) else { return false }
            writeKey(isFirst, into: &output)
            if kind.isCut(member, shaping) { shaping.cuts.add(name) }
            return kind.write(member, shaping, into: &output)
        default:
            for key in sources {
                // A member of null has no value: the literal nil would be JSON's null.
                guard let member = source[key], !member.isNull else { continue }
                let end = output.count
                writeKey(isFirst, into: &output)
                if kind.write(member, shaping, into: &output) {
                    if kind.isCut(member, shaping) { shaping.cuts.add(self.name) }
                    return true
                }
                output.removeLast(output.count - end)
            }
            return false
        }
    }

    private func writeKey(_ isFirst: Bool, into output: inout [UInt8]) {
        let key = key
        output.append(copying: isFirst ? key.span.extracting(droppingFirst: 1) : key.span)
    }

    /// JSON Schema 2020-12.
    var schema: JSONObject {
        var schema = kind.schema
        if let description { schema.set("description", to: .string(description)) }
        return schema
    }
}

import JSON

/// An object of ours as a table of fields: makes it out of one of TMDB's, and its JSON Schema, so that the two agree.
struct Shape: Sendable {
    let fields: [Field]
    private let possible: @Sendable (JSONValue, Shaping) -> [Field]?

    /// - Parameters:
    ///   - fields: each has a name of its own.
    ///   - possible: those of the fields that an object can have, to look for no others in it; nil for all.
    init(_ fields: [Field], possible: @escaping @Sendable (JSONValue, Shaping) -> [Field]? = { _, _ in nil }) {
        self.fields = fields
        self.possible = possible
    }

    /// Appends the object as compact JSON, without the fields that have no value.
    ///
    /// Returns false, and appends nothing, when the source lacks one that must be there: what TMDB documents as always
    /// there, such as an id.
    @_optimize(speed)  // each row of each answer
    @inline(never)  // would be copied into each caller
    func write(_ source: JSONValue, _ shaping: Shaping, into output: inout [UInt8]) -> Bool {
        guard source.object != nil else { return false }
        let start = output.count
        output.append(UInt8(ascii: "{"))
        // Looked at where they are: a copy of each field would cost more than most of their values.
        let possible = possible(source, shaping) ?? fields
        let fields = possible.span
        for index in fields.indices where !fields[index].isFullOnly || shaping.detail == .full {
            let end = output.count
            if fields[index].write(source, shaping, isFirst: end == start + 1, into: &output) { continue }
            if output.count > end { output.removeLast(output.count - end) }
            if fields[index].isRequired {
                output.removeLast(end - start)
                return false
            }
        }
        output.append(UInt8(ascii: "}"))
        return true
    }

    /// Rows of a list before the rest.
    static let wholeRows = 5

    /// Appends the objects of a list as a JSON array, without those that lack what they must have, and tells how many
    /// there are.
    ///
    /// - Parameter rest: the shape of those after the first five; nil for this one.
    @_optimize(speed)
    @inline(never)  // would be copied into each caller
    func write(
        list: JSONValue?, max countMax: Int = .max, rest: Shape? = nil, _ shaping: Shaping,
        into output: inout [UInt8]
    ) -> Int {
        var count = 0
        output.append(UInt8(ascii: "["))
        if case .array(let elements)? = list {
            let elements = elements.span
            for index in elements.indices where count < countMax {
                let end = output.count
                if count > 0 { output.append(UInt8(ascii: ",")) }
                let shape = count < Shape.wholeRows ? self : rest ?? self
                if shape.write(elements[index], shaping, into: &output) {
                    count += 1
                } else {
                    output.removeLast(output.count - end)
                }
            }
        }
        output.append(UInt8(ascii: "]"))
        return count
    }

    /// JSON Schema 2020-12 of a result, or of an object within one.
    var schema: JSONObject {
        let required = fields.filter { $0.isRequired }.map { JSONValue.string($0.name) }
        var schema: JSONObject = [
            "type": "object", "properties": .object(JSONObject(fields.map { ($0.name, .object($0.schema)) })),
        ]
        if !required.isEmpty { schema.set("required", to: .array(required)) }
        return schema
    }

    @inline(never)  // would be copied into each caller
    func without(_ names: [String]) -> Shape { Shape(fields.filter { !names.contains($0.name) }) }

    /// Of those fields alone whose names stand in one text with blanks between.
    @inline(never)  // would be copied into each caller
    func only(_ names: String) -> Shape {
        let names = names.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        return Shape(fields.filter { names.contains($0.name) })
    }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    func adding(_ more: [Field]) -> Shape {
        Shape(fields + more) { [possible] in possible($0, $1).map { $0 + more } }
    }
}

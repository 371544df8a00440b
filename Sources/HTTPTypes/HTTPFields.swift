/// The fields of a head, in the order of their lines, duplicates kept. Names are looked up without regard to case.
package struct HTTPFields: Equatable, Sendable {
    package private(set) var lines: [HTTPField]

    package init(_ lines: [HTTPField] = []) {
        self.lines = lines
    }

    package init(_ lines: [(name: String, value: String)]) {
        self.init(lines.map { HTTPField(name: $0.name, value: $0.value) })
    }

    /// The value of the first field of that name.
    package subscript(name: String) -> String? {
        for line in lines where line.isNamed(name) {
            return line.value
        }
        return nil
    }

    /// The values of every field of that name, in order.
    package func values(of name: String) -> [String] {
        var values: [String] = []
        for line in lines where line.isNamed(name) {
            values.append(line.value)
        }
        return values
    }

    package mutating func append(_ field: HTTPField) { lines.append(field) }

    package mutating func append(_ name: String, _ value: String) {
        append(HTTPField(name: name, value: value))
    }
}

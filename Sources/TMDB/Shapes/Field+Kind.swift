import JSON

extension Field {
    /// What a member is. Each kind makes its value out of TMDB's, or none where TMDB's is null, empty or of another
    /// kind.
    indirect enum Kind: Sendable {
        case integer
        /// A number, rounded to one decimal.
        case rating
        case flag
        case text
        /// A title or a name: `Shaping.name`.
        case name
        /// The day of a date, with or without a time: 2021-09-15.
        case date
        /// Text that compact objects cut to so many bytes.
        case prose(bytesMax: Int)
        /// The year of a date.
        case year
        /// TMDB's path of an image, as a whole URL.
        case image(ImageSize)
        /// Ids of genres, or genres, as names.
        case genres
        /// The texts of a list, or the names of its objects.
        case names
        case object(Shape)
        /// A member of a member.
        case inside(String, Field.Kind)
        /// Objects, so many at most in compact ones.
        case list(Shape, compactMax: Int = .max)
        /// What no single member gives, out of the whole object.
        case made(schema: JSONObject, @Sendable (JSONValue, Shaping) -> JSONValue?)
    }
}

extension Field.Kind {
    @_optimize(speed)  // each member of each row
    func value(from member: JSONValue, _ shaping: Shaping) -> JSONValue? {
        switch self {
        case .integer: return member.int64.map { .number(JSONNumber($0)) }
        case .rating: return member.double.flatMap { Field.Kind.rounded($0) }
        case .flag: return member.bool.map { .bool($0) }
        case .text: return Field.Kind.text(member).map { .string($0) }
        case .prose(let bytesMax):
            guard let text = Field.Kind.text(member) else { return nil }
            return shaping.prose(text, bytesMax: bytesMax).map { .string($0) }
        case .name: return Field.Kind.text(member).map { .string(shaping.name($0)) }
        case .date:
            guard let day = Day(member) else { return nil }
            return .string(day.text)
        case .year: return Day(member).map { .number(JSONNumber($0.year)) }
        case .image(let size):
            guard shaping.hasImages, let path = member.string, path.utf8.first == UInt8(ascii: "/") else { return nil }
            return .string(size.url(of: path))
        case .genres:
            let names = shaping.genres.names(in: member)
            return Field.Kind.nonEmpty(shaping.detail == .full ? names : Array(names.prefix(5)))
        case .names:
            let names = (member.array ?? []).compactMap { Field.Kind.text($0) ?? Field.Kind.name(of: $0) }
            return Field.Kind.nonEmpty(names.map { .string($0) })
        case .inside(let name, let kind): return member[name].flatMap { kind.value(from: $0, shaping) }
        case .object(let shape): return shape.object(from: member, shaping)
        case .list(let shape, let most):
            let objects = shape.objects(from: member, shaping)
            return Field.Kind.nonEmpty(shaping.detail == .full ? objects : Array(objects.prefix(most)))
        case .made: return nil
        }
    }

    /// JSON Schema 2020-12.
    var schema: JSONObject {
        switch self {
        case .integer, .year: ["type": "integer"]
        case .rating: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .text, .name, .prose, .date, .image: ["type": "string"]
        case .genres, .names: ["type": "array", "items": ["type": "string"]]
        case .inside(_, let kind): kind.schema
        case .object(let shape): shape.schema
        case .list(let shape, _): ["type": "array", "items": .object(shape.schema)]
        case .made(let schema, _): schema
        }
    }

    /// TMDB writes what it does not know as null or as nothing.
    static func text(_ member: JSONValue) -> String? {
        guard let text = member.string, !text.isEmpty else { return nil }
        return text
    }

    /// Languages and countries have a name in English and one of their own.
    private static func name(of object: JSONValue) -> String? {
        object["english_name"].flatMap(text) ?? object["name"].flatMap(text)
    }

    static func nonEmpty(_ values: [JSONValue]) -> JSONValue? { values.isEmpty ? nil : .some(.array(values)) }

    /// TMDB's zero means that nobody has voted.
    private static func rounded(_ value: Double) -> JSONValue? {
        guard value > 0, value < 1_000_000 else { return nil }
        return JSONNumber(Double(Int64(value * 10 + 0.5)) / 10).map { .number($0) }
    }
}

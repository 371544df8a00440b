import Bytes
import JSON

extension Field {
    /// What a member is. Each kind makes its value out of TMDB's, or none where TMDB's is null, empty or of another
    /// kind.
    indirect enum Kind: Sendable {
        case integer
        /// A count of money or minutes, of which TMDB writes 0 for what it does not know.
        case amount
        /// A number, rounded to one decimal.
        case rating
        case flag
        case text
        /// A title or a name: `Shaping.nameBytesMax`.
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
        /// Objects, so many at most in compact ones; whether another field has their number.
        case list(Shape, compactMax: Int = .max, isCounted: Bool = false)
        /// Objects, though there be none: what the result is about. `rest` is the shape of compact ones after the first
        /// five.
        case rows(Shape, rest: Shape? = nil)
        /// A kind, out of what no single member of TMDB's gives.
        case derived(Field.Kind, @Sendable (JSONValue, Shaping) -> JSONValue?)
        /// What is no kind, out of the whole object.
        case made(schema: JSONObject, @Sendable (JSONValue, Shaping) -> JSONValue?)
    }
}

extension Field.Kind {
    /// Appends the value as compact JSON. Returns false when there is none: what was appended then is to be removed.
    @_optimize(speed)  // each member of each row
    func write(_ member: JSONValue, _ shaping: Shaping, into output: inout [UInt8]) -> Bool {
        switch self {
        case .integer:
            guard let number = member.int64 else { return false }
            JSONNumber(number).write(into: &output)
        case .amount:
            guard let number = member.int64, number > 0 else { return false }
            JSONNumber(number).write(into: &output)
        case .rating:
            guard let number = member.double.flatMap(Field.Kind.rounded) else { return false }
            number.write(into: &output)
        case .flag:
            guard case .bool = member else { return false }
            member.write(into: &output)
        case .text:
            guard let text = Field.Kind.text(member) else { return false }
            output.append(quoting: text)
        case .name: return write(member, shaping.nameBytesMax, into: &output)
        case .prose(let bytesMax): return write(member, shaping.proseBytesMax(bytesMax), into: &output)
        case .date:
            guard let day = Day(member) else { return false }
            output.append(quoting: day.text)
        case .year:
            guard let day = Day(member) else { return false }
            JSONNumber(day.year).write(into: &output)
        case .image(let size):
            // Of most rows: the whole URL would be made for nothing else.
            guard shaping.hasImages, case .string(let path) = member, ImageSize.isPath(path) else { return false }
            output.append(UInt8(ascii: "\""))
            output.append(copying: size.folder.utf8.span)
            output.append(escaping: size.file(at: path).utf8.span)
            output.append(UInt8(ascii: "\""))
        case .genres:
            return shaping.genres.write(
                member, max: shaping.detail == .full ? .max : Field.Kind.genresMax, into: &output)
        case .names: return Field.Kind.write(names: member, max: shaping.listMax, into: &output)
        case .inside(let name, let kind):
            guard let inner = member[name] else { return false }
            return kind.write(inner, shaping, into: &output)
        case .object(let shape): return shape.write(member, shaping, into: &output)
        case .list(let shape, let most, _):
            return shape.write(
                list: member, max: shaping.detail == .full ? .max : min(most, shaping.listMax), shaping, into: &output)
                > 0
        case .rows(let shape, let rest):
            guard member.array != nil else { return false }
            let rest = shaping.detail == .full ? nil : rest
            _ = shape.write(list: member, max: shaping.rowsMax, rest: rest, shaping, into: &output)
        case .derived, .made: return false
        }
        return true
    }

    /// Of a compact object.
    private static let genresMax = 5

    /// Whether a compact object lacks some elements of a list, and does not tell how many there are.
    func isCut(_ member: JSONValue, _ shaping: Shaping) -> Bool {
        let most: Int
        switch self {
        case .genres: most = Field.Kind.genresMax
        case .names: most = shaping.listMax
        case .list(_, let compactMax, false): most = min(compactMax, shaping.listMax)
        default: return false
        }
        return shaping.detail == .compact && member.array?.count ?? 0 > most
    }

    /// Appends a text, cut where it is longer.
    private func write(_ member: JSONValue, _ bytesMax: Int, into output: inout [UInt8]) -> Bool {
        guard bytesMax > 0, let text = Field.Kind.text(member) else { return false }
        guard let end = text.end(ofCutTo: bytesMax) else {
            output.append(quoting: text)
            return true
        }
        output.append(UInt8(ascii: "\""))
        output.append(escaping: text.utf8.span.extracting(0..<end))
        output.append(copying: "…".utf8.span)
        output.append(UInt8(ascii: "\""))
        return true
    }

    private static func write(names member: JSONValue, max countMax: Int, into output: inout [UInt8]) -> Bool {
        var separator = UInt8(ascii: "[")
        // Of a company TMDB has one country, of a series a list.
        for element in (member.array ?? [member]).prefix(countMax) {
            guard let name = text(element) ?? name(of: element) else { continue }
            output.append(separator)
            output.append(quoting: name)
            separator = UInt8(ascii: ",")
        }
        output.append(UInt8(ascii: "]"))
        return separator == UInt8(ascii: ",")
    }

    /// JSON Schema 2020-12.
    var schema: JSONObject {
        switch self {
        case .integer, .amount, .year: ["type": "integer"]
        case .rating: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .text, .name, .prose, .date, .image: ["type": "string"]
        case .genres, .names: ["type": "array", "items": ["type": "string"]]
        case .inside(_, let kind), .derived(let kind, _): kind.schema
        case .object(let shape): shape.schema
        case .list(let shape, _, _), .rows(let shape, _): ["type": "array", "items": .object(shape.schema)]
        case .made(let schema, _): schema
        }
    }

    /// JSON Schema 2020-12 of an object whose members are all of one type, under names that are not known beforehand.
    static func schema(ofMembers type: String) -> JSONObject {
        ["type": "object", "additionalProperties": ["type": .string(type)]]
    }

    /// TMDB writes what it does not know as null or as nothing, and leaves blanks around some names.
    static func text(_ member: JSONValue) -> String? {
        guard case .string(let text) = member else { return nil }
        let bytes = text.utf8.span
        if bytes.isEmpty { return nil }
        if bytes[0] > UInt8(ascii: " "), bytes[bytes.count - 1] > UInt8(ascii: " ") { return text }
        let isBlank: (UInt8) -> Bool = { $0 <= UInt8(ascii: " ") }
        var rest = Substring(text).utf8.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest.isEmpty ? nil : String(Substring(rest))
    }

    /// Languages and countries have a name in English and one of their own.
    private static func name(of object: JSONValue) -> String? {
        object["english_name"].flatMap(text) ?? object["name"].flatMap(text)
    }

    /// TMDB's zero means that nobody has voted.
    private static func rounded(_ value: Double) -> JSONNumber? {
        guard value > 0, value < 1_000_000 else { return nil }
        return JSONNumber(Double(Int64(value * 10 + 0.5)) / 10)
    }
}

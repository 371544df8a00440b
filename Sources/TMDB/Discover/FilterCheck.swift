import Bytes
import JSON
import MCP

/// What is wrong with the filters of a call, as far as no request has to be made to see it, and the lists in them.
struct FilterCheck {
    /// A list whose names are to be looked up.
    struct Names {
        let filter: String
        let lookup: Lookup
        let list: TermList
    }

    private(set) var problems: [String] = []
    /// What TMDB is sent as it stands.
    private(set) var query: Call.Query = []
    private(set) var names: [Names] = []
    /// What the words of a filter were taken for.
    private(set) var resolved: [NameResolver.Resolved] = []
    /// What the result tells besides.
    var note = ""

    init(_ filters: [Filter], _ arguments: Arguments) {
        for filter in filters {
            guard let value = arguments.value(filter.name) else { continue }
            // From 0 to 0 is no range that anyone wants: some clients fill every number in.
            let other = FilterCheck.otherBound(of: filter.name).flatMap { arguments.value($0) }
            if value.double == 0, other?.double == 0 { continue }
            checkCompanions(of: filter, arguments)
            checkRange(of: filter, value, other)
            switch filter.kind {
            case .names(let lookup): readNames(filter.name, lookup, value)
            case .words(let words, let isSingle): readWords(filter.name, words, isSingle, value)
            default: query.append((filter.name, value.string ?? value.text))
            }
        }
        let lookups = names.reduce(0) { count, names in
            names.lookup.searchPath == nil ? count : count + names.list.terms.count { $0.isName }
        }
        if lookups > TMDBLimits.lookupsMax {
            problems.append(
                "the filters have \(lookups) names of people, companies and keywords; \(TMDBLimits.lookupsMax) can be "
                    + "looked up in one call: give ids for the others")
        }
    }

    /// Puts the country's own spelling of certifications into the query: TMDB finds nothing for any other.
    ///
    /// - Parameter list: what GET /certification/movie/list answers; of another form, it changes nothing.
    mutating func matchCertifications(in list: JSONValue, of country: String) {
        guard let countries = list["certifications"]?.object else { return }
        let labels = (countries[country]?.array ?? []).compactMap { $0["certification"]?.string }
        guard !labels.isEmpty else {
            problems.append("certification_country: TMDB lists no certifications of \(country)")
            return
        }
        for (index, item) in query.enumerated() where FilterCheck.certifications.contains(item.name) {
            // A film has one in a country, so any of several is meant.
            let wanted = item.value.split { $0 == "," || $0 == "|" }.map {
                FilterCheck.label(String($0), among: labels)
            }
            let known = wanted.compactMap { $0 }
            query[index].value = known.joined(separator: "|")
            guard known.count < wanted.count || known.isEmpty else { continue }
            problems.append(
                "\(item.name): \(country) has no \"\(item.value.cut(toBytes: 60))\"; it has "
                    + labels.joined(separator: ", "))
        }
    }

    static let certifications = ["certification", "certification.gte", "certification.lte"]

    private static func label(_ text: String, among labels: [String]) -> String? {
        labels.first { $0 == text } ?? labels.first { $0.isSameName(as: text) }
    }

    private mutating func checkCompanions(of filter: Filter, _ arguments: Arguments) {
        guard !filter.companions.isEmpty, !filter.companions.contains(where: { arguments.value($0) != nil }) else {
            return
        }
        problems.append(
            "\(filter.name) needs \(filter.companions.joined(separator: " or ")): TMDB ignores it otherwise")
    }

    /// The name of the upper bound for that of the lower, and the other way round.
    private static func otherBound(of name: String) -> String? {
        var bytes = Array(name.utf8)
        let place = bytes.count - 3
        guard place > 0, bytes[place - 1] == UInt8(ascii: ".") else { return nil }
        bytes[place] = bytes[place] == UInt8(ascii: "g") ? UInt8(ascii: "l") : UInt8(ascii: "g")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The lower bound of a range is where both are looked at.
    private mutating func checkRange(of filter: Filter, _ least: JSONValue, _ most: JSONValue?) {
        guard filter.name.hasSuffix(".gte"), let most else { return }
        let isEmpty: Bool
        if let least = least.double, let most = most.double {
            isEmpty = least > most
        } else if let least = CalendarDay.date(least), let most = CalendarDay.date(most) {
            isEmpty = least > most
        } else {
            return
        }
        if isEmpty {
            let other = FilterCheck.otherBound(of: filter.name) ?? ""
            problems.append(
                "\(filter.name) (\(least.text)) is above \(other) (\(most.text)): nothing is between"
            )
        }
    }

    private mutating func readNames(_ filter: String, _ lookup: Lookup, _ value: JSONValue) {
        guard let list = list(filter, value) else { return }
        if list.terms.contains(where: { $0.isName }) {
            names.append(Names(filter: filter, lookup: lookup, list: list))
        } else {
            query.append((filter, list.terms.map { $0.text }.joined(separator: list.separator)))
        }
    }

    private mutating func readWords(
        _ filter: String, _ words: [Filter.Word], _ isSingle: Bool, _ value: JSONValue
    ) {
        guard let list = list(filter, value) else { return }
        var codes: [String] = []
        var labels: [String] = []
        for term in list.terms {
            if let word = words.first(where: {
                $0.code == term.text || $0.words.contains { $0.folded.closed == term.text.folded.closed }
            }) {
                codes.append(word.code)
                labels.append(word.label)
            } else {
                let choice = words.map { $0.label }.joined(separator: ", ")
                problems.append("\(filter) has no \"\(term.text.cut(toBytes: 60))\"; it takes \(choice)")
            }
        }
        let joined = codes.joined(separator: isSingle ? "|" : list.separator)
        query.append((filter, joined))
        if codes != list.terms.map({ $0.text }) {
            resolved.append((filter, joined, labels.joined(separator: isSingle ? "|" : list.separator), ""))
        }
    }

    private mutating func list(_ filter: String, _ value: JSONValue) -> TermList? {
        do throws(TermList.Problem) {
            return try TermList(value.string ?? "")
        } catch {
            problems.append("\(filter) \(error.words)")
            return nil
        }
    }
}

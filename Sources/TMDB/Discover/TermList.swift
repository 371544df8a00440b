import Bytes

/// A list of names and ids as TMDB's filters have them: parted by "," where all are meant, by "|" where any is. A name
/// that contains one of the two stands in double quotes, and so may one that looks like an id.
struct TermList: Equatable {
    struct Term: Equatable {
        let text: String
        let isName: Bool
    }

    enum Problem: Error {
        case empty, mixed, openQuote, tooLong

        /// Completes a sentence that begins with the name of the filter.
        var words: String {
            switch self {
            case .empty: "names nothing: give a name or an id"
            case .mixed:
                "mixes \",\" (all of them) and \"|\" (any of them), which TMDB cannot do in one list: use one of the "
                    + "two, and put a name that contains one of them in double quotes"
            case .openQuote: "has a double quote without its end"
            case .tooLong: "has more than \(TMDBLimits.termsMax) entries: use fewer"
            }
        }
    }

    private(set) var terms: [Term] = []
    /// "," or "|".
    private(set) var separator = ","

    init(_ text: String) throws(Problem) {
        var term = String.UnicodeScalarView()
        var isInQuotes = false
        var isQuoted = false
        var given: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\"" {
                isInQuotes.toggle()
                isQuoted = true
            } else if isInQuotes || (scalar != "," && scalar != "|") {
                term.append(scalar)
            } else {
                guard given == nil || given == scalar else { throw .mixed }
                given = scalar
                append(term, isQuoted: isQuoted)
                term = String.UnicodeScalarView()
                isQuoted = false
            }
        }
        guard !isInQuotes else { throw .openQuote }
        append(term, isQuoted: isQuoted)
        guard !terms.isEmpty else { throw .empty }
        guard terms.count <= TMDBLimits.termsMax else { throw .tooLong }
        if let given { separator = String(given) }
    }

    /// One name as it stands in a list. Ids, and what has quotes already, stay as they are.
    static func quoted(_ name: String) -> String {
        var hasSeparator = false
        var isName = false
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "\""): return name
            case UInt8(ascii: ","), UInt8(ascii: "|"): hasSeparator = true
            case UInt8(ascii: " "),
                _ where byte.isASCIIDigit:
                break
            default: isName = true
            }
        }
        return hasSeparator && isName ? "\"\(name)\"" : name
    }

    /// Nothing between two separators counts as nothing.
    private mutating func append(_ scalars: String.UnicodeScalarView, isQuoted: Bool) {
        guard let start = scalars.firstIndex(where: { !$0.isBlank }),
            let end = scalars.lastIndex(where: { !$0.isBlank })
        else { return }
        let text = String(scalars[start...end])
        let isNumber = text.utf8.allSatisfy { $0.isASCIIDigit }
        terms.append(Term(text: text, isName: isQuoted || !isNumber))
    }
}

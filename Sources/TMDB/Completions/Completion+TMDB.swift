import Bytes
import JSON
import MCP

extension Completion {
    /// Completes with what a search of TMDB's finds, best first. What cannot be searched completes to nothing: a
    /// completion is no place for errors.
    ///
    /// - Parameters:
    ///   - path: such as `/search/movie`.
    ///   - value: what a row of the answer is completed to; nil to leave it out.
    init(
        _ argument: String, bySearching path: String, in context: TMDBContext,
        value: @escaping (JSONValue) -> String?
    ) {
        self.init(argument: argument) { query, request, finish in
            guard let words = Completion.searchable(query.value) else {
                finish(Result([], total: 0))
                return {}
            }
            let call = Call(context, request)
            call.get(path, [("query", words), ("language", context.language)]) { answer in
                let rows = (try? answer.get())?["results"]?.array ?? []
                finish(Result(rows.compactMap(value)))
            }
            return { call.cancel() }
        }
    }

    /// Completes with the ids of records of a type, and words for people to read: the record that has the id typed so
    /// far, then what a search finds.
    init(_ argument: String, recordsOf type: String, in context: TMDBContext) {
        self.init(argument: argument) { query, request, finish in
            let language = context.language
            var requests: [(path: String, query: Call.Query)] = []
            if let id = RecordID.parse(query.value), id <= TMDBLimits.idMax {
                requests.append(("/\(type)/\(id)", [("language", language)]))
            }
            if let words = Completion.searchable(query.value) {
                requests.append(("/search/\(type)", [("query", words), ("language", language)]))
            }
            guard !requests.isEmpty else {
                finish(Result([], total: 0))
                return {}
            }
            let call = Call(context, request)
            call.getAll(requests) { answers in
                var rows: [JSONValue] = []
                for answer in answers {
                    guard let value = try? answer.get() else { continue }
                    rows += value["results"]?.array ?? [value]
                }
                finish(Result(rows.compactMap(RecordID.text)))
            }
            return { call.cancel() }
        }
    }

    /// Completes with titles of movies and series.
    init(_ argument: String, titlesIn context: TMDBContext) {
        self.init(argument, bySearching: "/search/multi", in: context) { row in
            guard let type = row["media_type"]?.string, type == "movie" || type == "tv",
                let title = row["title"]?.string ?? row["name"]?.string
            else { return nil }
            let date = row["release_date"]?.string ?? row["first_air_date"]?.string ?? ""
            return date.utf8.count >= 4 ? "\(title) (\(Substring(date.utf8.prefix(4))))" : title
        }
    }

    /// Completes the last of several values joined by commas from a fixed list.
    init(_ argument: String, itemsFrom list: [String]) {
        self.init(argument: argument) { query, _, finish in
            let bytes = Array(query.value.utf8)
            let lastComma = bytes.lastIndex(of: UInt8(ascii: ",")).map { $0 + 1 } ?? 0
            let typed = bytes[lastComma...].drop { $0 == UInt8(ascii: " ") }
            let settled = String(decoding: bytes[..<(bytes.count - typed.count)], as: UTF8.self)
            let found = Completion.entries(of: list, beginningWith: Array(typed))
            finish(Result(found.map { settled + $0 }, total: found.count))
            return {}
        }
    }

    /// The words to search for; nil while one letter alone has been typed, which finds too much to be of use.
    private static func searchable(_ text: String) -> String? {
        let words = text.utf8.drop { $0 == UInt8(ascii: " ") }
        // Two bytes are two Latin letters, or one of a script whose letters say more.
        guard words.count >= 2, text.unicodeScalars.count <= TMDBLimits.queryMax else { return nil }
        return String(Substring(words))
    }
}

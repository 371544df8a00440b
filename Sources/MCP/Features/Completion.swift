import Bytes

/// Completes the value of one argument of a prompt, or of one variable of a resource template
/// (server/utilities/completion).
public struct Completion {
    public struct Query: Sendable {
        /// What the user has typed so far.
        public let value: String
        /// Arguments that have been settled already, checked to be text.
        public let settled: [(name: String, value: String)]
    }

    public struct Result: Sendable {
        /// Best first; the first 100 are sent.
        public let values: [String]
        /// How many there are in all, when that is known.
        public let total: Int?

        public init(_ values: [String], total: Int? = nil) {
            self.values = values
            self.total = total
        }
    }

    /// The name of the argument.
    public let argument: String
    /// Starts a search and calls `finish` once, as `Tool.run` does. Nothing found is no error.
    public let complete:
        (_ query: Query, _ request: RequestContext, _ finish: @escaping (Result) -> Void) -> Cancellation

    public init(
        argument: String,
        complete:
            @escaping (
                _ query: Query, _ request: RequestContext, _ finish: @escaping (Result) -> Void
            ) -> Cancellation
    ) {
        self.argument = argument
        self.complete = complete
    }

    /// Completes from a fixed list: its entries that begin with the value, whatever the case of ASCII letters.
    public init(argument: String, from list: [String]) {
        self.init(argument: argument) { query, _, finish in
            let found = Completion.entries(of: list, beginningWith: Array(query.value.utf8))
            finish(Result(found, total: found.count))
            return {}
        }
    }

    /// The entries that begin with what was typed, whatever the case of ASCII letters: the tables for all others are 12
    /// KB.
    public static func entries(of list: [String], beginningWith typed: [UInt8]) -> [String] {
        let start = typed.asciiLowercased
        return list.filter { Array($0.utf8.prefix(start.count)).asciiLowercased == start }
    }
}

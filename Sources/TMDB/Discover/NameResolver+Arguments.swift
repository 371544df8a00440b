import Bytes
import JSON
import MCP

extension NameResolver {
    /// Finds the ids of arguments that take names or ids, for a tool that uses them itself. What is wrong with them
    /// ends the call; `then` is called once, perhaps before this returns, with those that were given.
    static func settle(
        _ filters: [Filter], _ arguments: Arguments, _ call: Call, _ finish: @escaping (CallToolResult) -> Void,
        then: @escaping ([Resolved]) -> Void
    ) {
        let spelling = call.context.argumentNames
        let check = FilterCheck(filters, arguments)
        guard check.problems.isEmpty else { return finish(.problems(check.problems, in: spelling)) }
        let resolver = NameResolver(
            medium: arguments.string("media_type") == "tv" ? .tv : .movie,
            language: arguments.language(call.context), region: arguments.country(call.context))
        let ids = check.query.map { item -> Resolved in (item.name, item.value, item.value, "") }
        resolver.resolve(check.names, call) { result in
            switch result {
            case .failure(let problems): finish(.problems(problems.list, in: spelling))
            case .success(let names): then(ids + names)
            }
        }
    }

    /// The parts of a list, whether all or any of them are meant.
    static func parts(_ list: String) -> [String] {
        list.split { $0 == "," || $0 == "|" }.map { String($0) }
    }
}

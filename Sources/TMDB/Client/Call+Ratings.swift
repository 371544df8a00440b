import JSON
import MCP

extension Call {
    /// Gives `then` the answers, in which records of titles have OMDb's ratings as `ratings` where it has any.
    func ratings(_ answers: [Answer], of type: String, then: @escaping ([Answer]) -> Void) {
        guard let client = context.ratings, client.hasKey, type == "movie" || type == "tv" else { return then(answers) }
        var titles: [(index: Int, imdb: String)] = []
        for (index, answer) in answers.enumerated() {
            guard case .success(let record) = answer, let imdb = Ratings.id(of: record) else { continue }
            titles.append((index, imdb))
        }
        if titles.isEmpty { return then(answers) }
        var rated = answers
        var open = titles.count
        for title in titles {
            let number = begin { answer in
                if case .success(let found) = answer, case .success(let record) = rated[title.index],
                    var object = record.object, let ratings = Ratings.object(found)
                {
                    object.set("ratings", to: .object(ratings))
                    rated[title.index] = .success(.object(object))
                }
                open -= 1
                if open == 0 { then(rated) }
            }
            let cancel = client.ask(about: title.imdb, for: request, deadline: deadline) { [self] in
                complete(number, with: .success($0 ?? .null))
            }
            setCancellation(cancel, of: number)
        }
    }
}

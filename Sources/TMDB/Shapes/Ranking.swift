import JSON

/// Puts objects into an order.
enum Ranking {
    /// By ascending rank; objects of the same rank keep their order.
    ///
    /// - Parameter ranks: one an object.
    static func sorted(_ objects: [JSONValue], by ranks: [Int64]) -> [JSONValue] {
        var places: [(rank: Int64, index: Int)] = []
        for (index, rank) in ranks.enumerated() where index < objects.count { places.append((rank, index)) }
        places.sort { $0.rank == $1.rank ? $0.index < $1.index : $0.rank < $1.rank }
        return places.map { objects[$0.index] }
    }

    /// The day a title came out, as `Day.number`; nil for one that has none.
    static func day(_ title: JSONValue) -> Int64? {
        let day = title["release_date"].flatMap { Day($0) } ?? title["first_air_date"].flatMap { Day($0) }
        return day?.number
    }

    /// Titles without a date are last.
    static func oldestFirst(_ titles: [JSONValue]) -> [JSONValue] {
        sorted(titles, by: titles.map { day($0) ?? .max })
    }

    static func mostVotedFirst(_ titles: [JSONValue]) -> [JSONValue] {
        sorted(titles, by: titles.map { -max($0["vote_count"]?.int64 ?? 0, 0) })
    }

    /// By the rating, which counts for less where few have voted: as if a hundred more had given 6.
    static func bestFirst(_ titles: [JSONValue]) -> [JSONValue] {
        sorted(
            titles,
            by: titles.map { title in
                let votes = Double(min(max(title["vote_count"]?.int64 ?? 0, 0), 100_000_000))
                let rating = min(max(title["vote_average"]?.double ?? 0, 0), 10)
                return Int64(-1_000_000 * (votes * rating + 100 * 6) / (votes + 100))
            })
    }

    static func newestFirst(_ titles: [JSONValue]) -> [JSONValue] {
        sorted(titles, by: titles.map { day($0).map { -$0 } ?? .max })
    }
}

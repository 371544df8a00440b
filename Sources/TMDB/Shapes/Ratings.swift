import Bytes
import JSON

/// Ratings of other sites, out of OMDb's record of a title (omdbapi.com), which has numbers as texts.
enum Ratings {
    static let shape = Shape([
        Field("imdb", .rating), Field("imdb_votes", .amount),
        Field("rotten_tomatoes", .integer, description: "percent"), Field("metacritic", .integer),
    ])

    /// The id of IMDb's that a record of TMDB's has, appended or not.
    static func id(of record: JSONValue) -> String? {
        let texts = [record["imdb_id"], record["external_ids"]?["imdb_id"]]
        for text in texts {
            if let id = text?.string, id.hasPrefix("tt"), FindTool.source(of: id) == "imdb_id" { return id }
        }
        return nil
    }

    /// What the shape is made of; nil when there is no rating.
    static func object(_ source: JSONValue) -> JSONObject? {
        var object = JSONObject()
        set("imdb", source["imdbRating"], most: 10, in: &object)
        set("imdb_votes", source["imdbVotes"], most: 1_000_000_000, in: &object)
        for rating in source["Ratings"]?.array ?? [] where rating["Source"]?.string == "Rotten Tomatoes" {
            set("rotten_tomatoes", rating["Value"], most: 100, in: &object)
        }
        set("metacritic", source["Metascore"], most: 100, in: &object)
        return object.isEmpty ? nil : object
    }

    /// Takes a text such as "8.7", "1,974,112" or "83%"; "N/A" is none.
    private static func set(_ name: String, _ member: JSONValue?, most: Double, in object: inout JSONObject) {
        guard let text = member?.string, text.utf8.count <= 20 else { return }
        let digits = text.utf8.filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "%") }
        guard let number = try? JSONValue(parsing: digits), let value = number.double, value >= 0, value <= most else {
            return
        }
        object.set(name, to: number)
    }
}

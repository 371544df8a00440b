import JSON

/// The people of a title.
enum Credit {
    private static let identity = [
        Field("id", .integer).required, Field("name", .name, from: "name", "original_name").required,
    ]
    private static let character = Field("character", .name)
    private static let jobs = Field("jobs", .name, from: "job")
    private static let more = [
        Field("episodes", .integer), Field("photo", .image(.profile), from: "profile_path").fullOnly,
    ]

    static let reference = Shape(identity)
    static let role = Shape(identity + [character])
    static let task = Shape(identity + [jobs])
    static let castMember = Shape(identity + [character] + more)
    static let crewMember = Shape(identity + [jobs, Field("department", .name)] + more)

    /// One entry a person.
    static func people(_ credits: [JSONValue]) -> [JSONValue] {
        var list = CreditList()
        list.add(credits, key: CreditList.personKey)
        return list.objects
    }

    /// One entry a person, those first whose work a title is known by: TMDB's order of a crew says nothing.
    static func crew(_ credits: [JSONValue]) -> [JSONValue] {
        people(Ranking.sorted(credits, by: credits.map(rank)))
    }

    /// Whether a credit, or the only one of a person, is somebody's or somebody's part with such a word, or words.
    ///
    /// - Parameter words: folded; the last of them may be the beginning of one.
    static func isNamed(_ credit: JSONValue, _ words: String) -> Bool {
        ["name", "original_name", "character", "job"].contains { member in
            credit[member]?.string?.folded.hasWords(of: words, isWhole: false) == true
        }
    }

    /// TMDB's departments (GET /configuration/jobs).
    static let departments = [
        "Directing", "Writing", "Production", "Camera", "Editing", "Sound", "Art", "Costume & Make-Up",
        "Visual Effects", "Lighting", "Crew",
    ]

    /// The jobs that a title is known by, best first.
    private static let leads = [
        "Director", "Screenplay", "Writer", "Novel", "Story", "Producer", "Executive Producer",
        "Director of Photography", "Editor", "Original Music Composer", "Production Design", "Casting",
    ]

    private static func rank(_ credit: JSONValue) -> Int64 {
        var jobs = (credit["jobs"]?.array ?? []).compactMap { $0["job"]?.string }
        if let job = credit["job"]?.string { jobs.append(job) }
        if let lead = leads.firstIndex(where: { jobs.contains($0) }) { return Int64(lead) }
        let department = credit["department"]?.string ?? ""
        return Int64(leads.count + (departments.firstIndex(of: department) ?? departments.count))
    }
}

import Bytes

/// What TMDB has an id for, under one of its names.
struct NamedID {
    let id: Int64
    let name: String
    /// The name in a person's own language and script.
    var originalName: String?
    /// What tells it from others of the same name.
    var note: String?
    /// How well it is known, among those of the same list: more is better.
    var weight: Int64 = 0

    /// Whether a text is one of the names.
    func isNamed(_ text: String) -> Bool {
        name.isSameName(as: text) || originalName?.isSameName(as: text) == true
    }

    /// The id, and what it stands for.
    var label: String { name.isEmpty ? "\(id)" : "\(id) \(name.cut(toBytes: 80))" }

    /// The first of several, for a choice among them.
    ///
    /// - Parameter hasIDs: whether to choose by the id, else by the name.
    @inline(never)  // would be copied into each caller
    static func list(_ several: [NamedID], max countMax: Int = TMDBLimits.candidatesMax, hasIDs: Bool = true) -> String
    {
        var text = ""
        for one in several.prefix(countMax) {
            if !text.isEmpty { text += "; " }
            text += hasIDs ? one.words : one.name
        }
        return several.count > countMax ? text + "; and others" : text
    }

    /// For a choice among several.
    var words: String {
        let note = note.map { " (\($0))" } ?? ""
        return label + note
    }
}

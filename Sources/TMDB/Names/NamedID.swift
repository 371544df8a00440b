/// What TMDB has an id for, under one of its names.
struct NamedID {
    let id: Int64
    let name: String
    /// What tells it from others of the same name.
    var note: String?

    /// The id, and what it stands for.
    var label: String { "\(id) \(name.cut(toBytes: 80))" }

    /// For a choice among several.
    var words: String {
        let note = note.map { " (\($0))" } ?? ""
        return label + note
    }
}

/// A text that is no YAML, or uses what is not taken here.
struct YAMLError: Error, Equatable {
    /// Counted from 1.
    let line: Int
    let reason: String
}

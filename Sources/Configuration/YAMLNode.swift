import Bytes

/// A value of a YAML document and where it stands.
struct YAMLNode: Equatable {
    let content: Content
    /// Where the value begins and ends. That of an empty value is where it could stand.
    let start: Mark
    let end: Mark

    enum Content: Equatable {
        /// A plain one has no quotation marks: only then can it be null.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    struct Entry: Equatable {
        let key: String
        let keyStart: Mark
        let value: YAMLNode
    }

    struct Mark: Equatable {
        /// Both counted from 0, the column in Unicode scalars.
        let line: Int
        let column: Int
    }

    /// Whether there is no value: nothing or whitespace, `~` or `null` (YAML 1.1, type null).
    var isEmpty: Bool {
        switch content {
        case .scalar(let text, let isPlain): text.trimmed.isEmpty || (isPlain && (text == "~" || text == "null"))
        case .sequence, .mapping: false
        }
    }

    /// The value of a key of a mapping.
    func entry(_ key: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }
}

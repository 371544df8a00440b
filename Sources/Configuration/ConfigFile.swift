import Bytes

/// The config file: where it is and what it gives.
package struct ConfigFile {
    /// As people write it.
    static let defaultPlace = "~/.tmdb-mcp/config.yaml"

    let path: String
    package private(set) var problems: [ConfigurationError.Problem] = []
    private(set) var entries: [Entry] = []

    /// A value that stands in the file, not empty.
    struct Entry: Equatable {
        let setting: Setting
        let source: Source
        let values: [String]
    }

    package init(path: String, contents: [UInt8]) {
        self.path = path
        do throws(YAMLError) {
            guard let root = try YAMLNode.parse(contents), !root.isEmpty else { return }
            guard case .mapping(let entries) = root.content else {
                let reason = "must be a mapping with sections such as server:"
                problems = [.malformed(path: path, line: root.start.line + 1, reason: reason)]
                return
            }
            read(entries, under: "")
        } catch {
            problems = [.malformed(path: path, line: error.line, reason: error.reason)]
        }
    }

    /// The default place: nil without a home.
    static func defaultPath(home: String?) -> String? {
        guard let home, home.utf8.first == UInt8(ascii: "/") else { return nil }
        return home + defaultPlace.dropFirst(1)
    }

    private mutating func read(_ found: [YAMLNode.Entry], under prefix: String) {
        for entry in found {
            let key = prefix + entry.key
            // A long name may be a secret in the wrong place, and one with controls would not stay on its line.
            let isShown =
                entry.key.utf8.count <= ConfigurationLimits.nameBytesMax && entry.key.utf8.allSatisfy { $0 >= 0x20 }
            let shown = isShown ? key : prefix + "..."
            let source = Source.file(path: path, line: entry.keyStart.line + 1, key: shown)
            if entry.key.utf8.contains(UInt8(ascii: ".")) {
                problems.append(.wrongShape(source, expected: "written as sections: each name below the one before"))
            } else if let setting = Setting.allCases.first(where: { $0.spec.key == key }) {
                read(entry.value, of: setting, source)
            } else if ConfigFile.sections.contains(key) {
                if case .mapping(let inner) = entry.value.content {
                    read(inner, under: key + ".")
                } else if !entry.value.isEmpty {
                    problems.append(.wrongShape(source, expected: "a section: its settings below it, indented"))
                }
            } else if key != ConfigFile.meaninglessKey {
                problems.append(.unknownKey(source, nearest: ConfigFile.nearest(to: key, named: entry.key)))
            }
        }
    }

    private mutating func read(_ value: YAMLNode, of setting: Setting, _ source: Source) {
        guard !value.isEmpty else { return }
        let isList = setting.spec.kind.isList
        switch value.content {
        case .scalar(let text, _):
            entries.append(Entry(setting: setting, source: source, values: isList ? text.commaItems : [text.trimmed]))
        case .sequence(let items) where isList:
            var values: [String] = []
            for item in items {
                guard case .scalar(let text, _) = item.content else {
                    return problems.append(.wrongShape(source, expected: "a sequence of texts"))
                }
                values.append(text.trimmed)
            }
            if !values.isEmpty { entries.append(Entry(setting: setting, source: source, values: values)) }
        case .sequence, .mapping:
            problems.append(.wrongShape(source, expected: isList ? "a sequence of texts" : "a single value"))
        }
    }

    /// XDwanj/tmdb-mcp writes it when it makes a token, and reads it nowhere.
    private static let meaninglessKey = "server.sse.enabled"

    private static let keys = Setting.allCases.compactMap { $0.spec.key }

    /// What stands before a dot of a key.
    private static let sections: [String] = {
        var sections: [String] = []
        for key in keys {
            for (position, byte) in zip(key.utf8.indices, key.utf8) where byte == UInt8(ascii: ".") {
                let section = String(key[..<position])
                if !sections.contains(section) { sections.append(section) }
            }
        }
        return sections
    }()

    /// The known key that is meant by an unknown one: of such a name in any section, or with other punctuation between.
    private static func nearest(to key: String, named name: String) -> String? {
        func lastName(_ key: String) -> String { key.split(separator: ".").last.map { String($0) } ?? key }
        let all = keys + sections
        if let last = NearestName.among(all.map { lastName($0) }, to: name, percent: 34) {
            return all.first { lastName($0) == last }
        }
        return NearestName.among(all, to: key, percent: 20)
    }
}

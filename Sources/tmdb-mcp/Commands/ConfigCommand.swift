import Configuration
import JSON

/// `config`: every setting, its value and where it comes from.
enum ConfigCommand {
    static func run(_ configuration: Configuration) -> CurrentProcess.ExitStatus {
        for line in configuration.warnings { CurrentProcess.complain(line) }
        if CurrentProcess.isTerminal(CurrentProcess.standardOutput) {
            CurrentProcess.show(text(configuration.effective))
        } else {
            CurrentProcess.show(json(configuration.effective).text + "\n")
        }
        return .success
    }

    private static func text(_ values: [EffectiveValue]) -> String {
        let rows = values.map { value in
            let shown = value.shown.isEmpty ? "-" : value.shown.joined(separator: ",")
            return (name: name(value), shown: JSONPrettyPrinter.plain(shown), source: source(value) ?? "")
        }
        let nameWidth = rows.map { $0.name.utf8.count }.max() ?? 0
        let shownWidth = rows.map { $0.shown.utf8.count }.max() ?? 0
        return rows.map { row in
            row.name.padded(to: nameWidth) + "  " + row.shown.padded(to: min(shownWidth, 40)) + "  "
                + JSONPrettyPrinter.plain(row.source) + "\n"
        }.joined()
    }

    private static func json(_ values: [EffectiveValue]) -> JSONValue {
        .object(
            JSONObject(
                values.map { value in
                    (name(value), ["value": json(value), "source": source(value).map { .string($0) } ?? .null])
                }))
    }

    private static func json(_ value: EffectiveValue) -> JSONValue {
        let kind = value.setting.spec.kind
        guard let first = value.shown.first else { return .null }
        if kind.isList { return .array(value.shown.map { .string($0) }) }
        if kind.isNumber, let number = Int64(first) { return .number(JSONNumber(number)) }
        return .string(first)
    }

    /// Nil for what has no value.
    private static func source(_ value: EffectiveValue) -> String? {
        value.shown.isEmpty ? nil : value.source.description
    }

    /// The key, else what there is instead.
    private static func name(_ value: EffectiveValue) -> String {
        let spec = value.setting.spec
        return spec.key ?? spec.flag ?? spec.variables.first ?? ""
    }
}

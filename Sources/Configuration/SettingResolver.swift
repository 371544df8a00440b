import Bytes
import CSystem
import System

/// What the sources give for each setting. Collects what is wrong with it.
struct SettingResolver {
    private(set) var problems: [ConfigurationError.Problem]
    private(set) var warnings: [String] = []
    /// What each setting was given, in the order in which they were asked for.
    private(set) var effective: [EffectiveValue] = []
    private(set) var filePath: String?
    /// Of the settings that are secrets.
    private(set) var secretFiles: [SecretFile] = []

    private let arguments: CommandLineArguments
    private let environment: (String) -> String?
    private var file: ConfigFile?
    private var fileAsSecret: SecretFile?

    private struct Given {
        let source: Source
        let values: [String]
    }

    init(arguments: CommandLineArguments, environment: @escaping (String) -> String?) {
        self.arguments = arguments
        self.environment = environment
        problems = arguments.problems
        readFile()
        if let filePath {
            let source = find(.configFile)?.source ?? .standard
            effective.append(EffectiveValue(setting: .configFile, source: source, values: [filePath]))
        }
    }

    /// The value of a setting, if there is one and the check makes something of it.
    @inline(never)  // would be copied into the only caller a dozen times
    mutating func checked<Value>(_ setting: Setting, _ check: (String) -> Value?) -> Value? {
        guard let given = given(setting), let text = given.values.first else { return nil }
        if let value = check(text) {
            if setting.spec.kind == .token { warnIfQuoted(text, given.source) }
            return value
        }
        refuse(setting, given.source, text)
        return nil
    }

    /// A key of TMDB's. `isOfTMDB` tells that TMDB itself will be asked with it, which takes two forms alone.
    mutating func key(_ setting: Setting, isOfTMDB: Bool) -> Secret? {
        guard let given = given(setting), let text = given.values.first else { return nil }
        if !text.isQuoted, let allowed = KeyForm.flaw(of: text) {
            problems.append(.notAllowed(given.source, allowed: allowed, shown: nil))
            return nil
        }
        guard let key = Secret(apiKey: text) else {
            refuse(setting, given.source, text)
            return nil
        }
        if isOfTMDB, !KeyForm.isKnown(text) {
            warnings.append(
                "\(given.source.description) has the form of no key of TMDB's: a v3 key has 32 hexadecimal digits, a "
                    + "v4 read access token three parts joined by dots; TMDB will refuse it")
        }
        return key
    }

    mutating func number(_ setting: Setting) -> Int? {
        guard case .number(let range, _) = setting.spec.kind else { return nil }
        return checked(setting) { text in Int(digits: text).flatMap { range.contains($0) ? $0 : nil } }
    }

    @inline(never)
    mutating func list(
        _ setting: Setting, _ check: ([String]) throws(AllowList.Refusal) -> AllowList
    ) -> AllowList? {
        guard let given = given(setting) else { return nil }
        do throws(AllowList.Refusal) {
            return try check(given.values)
        } catch {
            refuse(setting, given.source, error.item)
            return nil
        }
    }

    /// Takes down settings that a library reads by itself, the lowercase letters first as libcurl does.
    mutating func note(foreign settings: [Setting]) {
        for setting in settings {
            for name in setting.spec.variables.flatMap({ [$0.asciiLowercased, $0] }) {
                guard let text = value(name) else { continue }
                effective.append(EffectiveValue(setting: setting, source: .variable(name), values: [text]))
                warnIfQuoted(text, .variable(name))
                break
            }
        }
    }

    /// Names of tools and sets; nil for all. Each that is not among the known ones is refused with the nearest.
    mutating func tools(_ setting: Setting, known: () -> [String]) -> [String]? {
        guard let given = given(setting), given.values != ["all"] else { return nil }
        guard given.values.count <= ConfigurationLimits.itemsMax else {
            refuse(setting, given.source, "\(given.values.count) items")
            return nil
        }
        if let item = given.values.first(where: { $0.isQuoted }) {
            refuse(setting, given.source, item)
            return nil
        }
        let known = known()
        for name in given.values where !known.contains(name) {
            problems.append(
                .unknownTool(
                    given.source, shown: name.quoted(bytesMax: ConfigurationLimits.nameBytesMax),
                    nearest: NearestName.among(known, to: name, percent: 40), known: known))
        }
        return given.values
    }

    private mutating func refuse(_ setting: Setting, _ source: Source, _ text: String) {
        let kind = setting.spec.kind
        let shown = kind.shownBytesMax == 0 ? nil : text.quoted(bytesMax: kind.shownBytesMax)
        problems.append(text.isQuoted ? .quoted(source) : .notAllowed(source, allowed: kind.allowed, shown: shown))
    }

    /// Where quotation marks are allowed, and hardly meant.
    private mutating func warnIfQuoted(_ text: String, _ source: Source) {
        if text.isQuoted { warnings.append(ConfigurationError.Problem.quoted(source).line) }
    }

    // MARK: Sources

    /// Whether somebody has set it: the token that the server has kept in the config file is its own.
    func isGiven(_ setting: Setting) -> Bool {
        switch effective.first(where: { $0.setting == setting })?.source {
        case .flag, .variable, .secretFile, .credential: true
        case .file: !setting.spec.kind.isSecret
        case .standard, nil: false
        }
    }

    @inline(never)  // would be copied into each caller
    private mutating func given(_ setting: Setting) -> Given? {
        let given = find(setting)
        effective.append(
            EffectiveValue(setting: setting, source: given?.source ?? .standard, values: given?.values ?? []))
        return given
    }

    private mutating func find(_ setting: Setting) -> Given? {
        let spec = setting.spec
        func values(_ text: String) -> [String] { spec.kind.isList ? text.commaItems : [text] }

        let variable = variable(spec)
        if let text = arguments.value(of: setting), let flag = spec.flag {
            return Given(source: .flag(flag), values: values(text))
        }
        if let variable { return Given(source: .variable(variable.name), values: values(variable.text)) }
        if let name = spec.fileVariable, let path = value(name) {
            return secret(path, named: name, .secretFile(variable: name))
        }
        if let given = credential(spec) { return given }
        let entry = file?.entries.first { $0.setting == setting }
        // A key that is never needed is not waited for.
        if spec.kind.isSecret, spec.kind != .otherKey || entry != nil, let file = fileAsSecret {
            secretFiles.append(file)
            fileAsSecret = nil
        }
        if let entry {
            return Given(source: entry.source, values: entry.values)
        }
        return spec.defaultText.map { Given(source: .standard, values: [$0]) }
    }

    /// The first variable of a setting that is set. It and the one that names a file exclude each other.
    private mutating func variable(_ spec: SettingSpec) -> (name: String, text: String)? {
        for name in spec.variables {
            guard let text = value(name) else { continue }
            if let fileVariable = spec.fileVariable, value(fileVariable) != nil {
                problems.append(.givenTwice(variable: name, fileVariable: fileVariable))
            }
            return (name, text)
        }
        return nil
    }

    private func value(_ variable: String) -> String? {
        guard let text = environment(variable)?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    /// systemd sets the folder for a service with any credential, which need not be one of these.
    private mutating func credential(_ spec: SettingSpec) -> Given? {
        let folder = "CREDENTIALS_DIRECTORY"
        guard let name = spec.credential, let place = value(folder) else { return nil }
        return secret("\(place)/\(name)", named: folder, .credential(name), mayBeMissing: true)
    }

    private mutating func secret(
        _ path: String, named variable: String, _ source: Source, mayBeMissing: Bool = false
    ) -> Given? {
        secretFiles.append(SecretFile(path: path))
        do throws(SystemError) {
            let bytes = try FileReader.read(path: path, bytesMax: ConfigurationLimits.secretFileBytesMax)
            let text = String(decoding: bytes, as: UTF8.self).trimmed
            // systemd 247 wants every credential to have a file: an empty one is none.
            if mayBeMissing, text.isEmpty { return nil }
            return Given(source: source, values: [text])
        } catch {
            if !mayBeMissing || error.code != ENOENT {
                problems.append(.unreadable(.variable(variable), path: path, reason: error.reason))
            }
            return nil
        }
    }

    // MARK: The config file

    private mutating func readFile() {
        guard let place = find(.configFile), let path = place.values.first else {
            filePath = ConfigFile.defaultPath(home: environment("HOME"))
            if let filePath { readFile(filePath, named: nil) }
            return
        }
        filePath = path
        readFile(path, named: place.source)
    }

    /// - Parameter source: what names the file; nil for the default place, where there need not be one.
    private mutating func readFile(_ path: String, named source: Source?) {
        fileAsSecret = SecretFile(path: path)
        do throws(SystemError) {
            let contents = try FileReader.read(path: path, bytesMax: ConfigurationLimits.fileBytesMax)
            let file = ConfigFile(path: path, contents: contents)
            problems += file.problems
            self.file = file
            let holdsSecret = file.entries.contains { $0.setting.spec.kind.isSecret }
            if holdsSecret, try FileStatus(path: path).isReadableByOthers {
                warnings.append("\(path) holds a secret, and others may read it: chmod 600 \(path)")
            }
        } catch {
            if let source {
                problems.append(.unreadable(source, path: path, reason: error.reason))
            } else if error.code == EFBIG || error.code == EISDIR {
                problems.append(.malformed(path: path, line: 1, reason: error.reason))
            } else if error.code != ENOENT && error.code != ENOTDIR {
                warnings.append("cannot read \(path): \(error.reason); it is passed over")
            }
        }
    }
}

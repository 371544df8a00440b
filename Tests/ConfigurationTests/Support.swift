import Configuration
import Glibc
import Testing

/// A folder that lives as long as this object.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/configuration-tests.XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit { remove(path) }

    /// Writes a file, and tells its path.
    @discardableResult
    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
        try write(name, Array(text.utf8), mode: mode)
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) throws -> String {
        let file = path + "/" + name
        let number = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(number >= 0)
        defer { close(number) }
        try #require(Glibc.write(number, bytes, bytes.count) == bytes.count)
        try #require(fchmod(number, mode) == 0)
        return file
    }

    func makeFolder(_ name: String) throws -> String {
        try #require(mkdir(path + "/" + name, 0o700) == 0)
        return path + "/" + name
    }

    func link(_ name: String, to target: String) throws -> String {
        try #require(symlink(target, path + "/" + name) == 0)
        return path + "/" + name
    }

    var names: [String] { TemporaryFolder.names(in: path) }

    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in TemporaryFolder.names(in: path) { remove(path + "/" + name) }
        rmdir(path)
    }
}

/// The permissions of a file or folder.
func mode(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
}

let knownTools = ["search", "get_details"]

/// What is wrong with such a configuration: one line each; nothing when it is sound.
func complaints(
    _ arguments: [String] = [], environment: [String: String] = [:]
) -> [String] {
    do throws(ConfigurationError) {
        _ = try Configuration(
            arguments: CommandLineArguments(arguments), environment: { environment[$0] }, knownTools: { knownTools })
        return []
    } catch {
        return error.lines
    }
}

/// A configuration from a config file of this text, and perhaps more.
func configuration(
    file text: String, _ arguments: [String] = [], environment: [String: String] = [:]
) throws -> Configuration {
    let folder = TemporaryFolder()
    let path = try folder.write("config.yaml", text)
    return try Configuration(
        arguments: CommandLineArguments(["--config", path] + arguments), environment: { environment[$0] },
        knownTools: { knownTools })
}

/// What is wrong with a config file of this text; its path is left out.
func complaints(file text: String) throws -> [String] {
    let folder = TemporaryFolder()
    let path = try folder.write("config.yaml", text)
    return complaints(["--config=\(path)"]).map { line in
        line.hasPrefix(path + ":") ? String(line.dropFirst(path.utf8.count + 1)) : line
    }
}

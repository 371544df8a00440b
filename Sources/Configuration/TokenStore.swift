import Bytes
import CSystem
package import System

/// Makes a token for HTTP clients when none is set, and keeps it in the config file, so that it is the same at the next
/// start. It waits for the disk.
package enum TokenStore {
    package struct Result: Sendable {
        package let token: Secret
        package let place: Place
    }

    package enum Place: Equatable, Sendable {
        /// The file holds the token, and only its owner may read it.
        case file(path: String)
        /// Nothing holds it but this process: who starts the server has to be shown it. The reason says why.
        case nowhere(reason: String)
    }

    /// 256 bits: nobody guesses them.
    private static let secretBytes = 32

    /// The token that another process has put into the file meanwhile, or a new one: 64 hexadecimal digits.
    ///
    /// A file that is there keeps all else that stands in it. Where the token cannot be added to it without doubt, or
    /// nothing can be written, files stay as they are.
    ///
    /// - Parameters:
    ///   - path: of the config file, `Configuration.filePath`. Neither it nor its folder need exist, but the folders
    ///     above must.
    ///   - renews: whether the new one takes the place of one that the file holds.
    /// - Throws: when the system gives no random bytes.
    package static func obtain(path: String?, renews: Bool = false) throws(SystemError) -> Result {
        var digits: [UInt8] = []
        for byte in try SystemRandom.bytes(count: secretBytes) { digits.append(hex: UInt64(byte), width: 2) }
        let token = String(decoding: digits, as: UTF8.self)
        guard let path else {
            return Result(token: Secret(token), place: .nowhere(reason: "there is no home: HOME is not set"))
        }
        do throws(SystemError) {
            return try store(token, path, renews)
        } catch {
            return Result(token: Secret(token), place: .nowhere(reason: "\(path): \(error.reason)"))
        }
    }

    private static func store(_ token: String, _ path: String, _ renews: Bool) throws(SystemError) -> Result {
        let fresh = Secret(token)
        let target: String
        if FileWriter.isLink(path: path) {
            target = try FileWriter.resolve(path: path)
        } else {
            target = path
            try FileWriter.makeFolder(path: FileWriter.folder(of: path))
        }
        let lock = try lock(folder: FileWriter.folder(of: target))
        defer { withExtendedLifetime(lock) {} }
        let old = try contents(target)
        let owner = old == nil ? nil : try FileStatus(path: target)
        switch ConfigFileEditor.adding(token, to: old ?? [], replaces: renews) {
        case .present(let text):
            guard let present = Secret(token: text) else {
                let reason = "\(path) holds another token, which is not allowed"
                return Result(token: fresh, place: .nowhere(reason: reason))
            }
            return Result(token: present, place: .file(path: path))
        case .impossible:
            let reason = "\(path): found no place for server.sse.token; add it by hand"
            return Result(token: fresh, place: .nowhere(reason: reason))
        case .text(let bytes):
            guard bytes.count <= ConfigurationLimits.fileBytesMax else { throw SystemError(call: "write", code: EFBIG) }
            try FileWriter.replace(path: target, contents: bytes, owner: owner)
            return Result(token: fresh, place: .file(path: path))
        }
    }

    /// Nil where folders cannot be locked, as on some network file systems: only two first starts at once need it.
    private static func lock(folder: String) throws(SystemError) -> DirectoryLock? {
        do throws(SystemError) {
            return try DirectoryLock(path: folder, patience: .seconds(ConfigurationLimits.lockPatienceSeconds))
        } catch {
            guard error.code != EWOULDBLOCK else { throw error }
            return nil
        }
    }

    /// Nil where there is no file.
    private static func contents(_ path: String) throws(SystemError) -> [UInt8]? {
        do throws(SystemError) {
            return try FileReader.read(path: path, bytesMax: ConfigurationLimits.fileBytesMax)
        } catch {
            guard error.code == ENOENT else { throw error }
            return nil
        }
    }
}

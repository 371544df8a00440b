import Configuration
import Foundation
import Glibc
import Synchronization
import Testing

/// For the calling thread alone; Glibc's module leaves it out.
@_silgen_name("setfsuid") private func setfsuid(_ user: uid_t) -> CInt

@Suite struct TokenStoreTests {
    private func obtain(_ path: String?) throws -> (token: String, place: TokenStore.Place) {
        let result = try TokenStore.obtain(path: path)
        return (result.token.reveal(), result.place)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private func reason(_ place: TokenStore.Place) -> String? {
        if case .nowhere(let reason) = place { reason } else { nil }
    }

    @Test("a fresh file holds the token for its owner alone, in a folder for its owner alone")
    func fresh() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/.tmdb-mcp/config.yaml"
        let (token, place) = try obtain(path)
        #expect(token.utf8.count == 64)
        #expect(token.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(place == .file(path: path))
        #expect(try text(path) == "server:\n  sse:\n    token: \"\(token)\"\n")
        #expect(mode(of: path) == 0o600)
        #expect(mode(of: folder.path + "/.tmdb-mcp") == 0o700)
        #expect(TemporaryFolder.names(in: folder.path + "/.tmdb-mcp") == ["config.yaml"])

        #expect(try obtain(path).token == token)
        let environment = ["HOME": folder.path]
        let configuration = try Configuration(environment: { environment[$0] })
        #expect(configuration.token?.reveal() == token)
        #expect(configuration.warnings == [])
        #expect(try obtain(folder.path + "/other.yaml").token != token)
    }

    @Test("a file that is there keeps what stands in it, and becomes its owner's alone")
    func existing() throws {
        let folder = TemporaryFolder()
        let old = "# mine\ntmdb:\n  api_key: k # v3\n"
        let path = try folder.write("config.yaml", old, mode: 0o644)
        let (token, place) = try obtain(path)
        #expect(place == .file(path: path))
        #expect(try text(path) == old + "server:\n  sse:\n    token: \"\(token)\"\n")
        #expect(mode(of: path) == 0o600)
        #expect(folder.names == ["config.yaml"])
    }

    @Test("a file that cannot be changed with certainty is left alone")
    func impossible() throws {
        let folder = TemporaryFolder()
        let path = try folder.write("config.yaml", "server: {mode: both}\n", mode: 0o644)
        #expect(
            reason(try obtain(path).place) == "\(path): found no place for server.sse.token; add it by hand")
        #expect(try text(path) == "server: {mode: both}\n")
        #expect(mode(of: path) == 0o644)
        #expect(folder.names == ["config.yaml"])
    }

    @Test("another process's token that is not allowed is left alone")
    func foreign() throws {
        let folder = TemporaryFolder()
        let path = try folder.write("config.yaml", "server:\n  sse:\n    token: short\n")
        let (token, place) = try obtain(path)
        #expect(token.utf8.count == 64)
        #expect(reason(place) == "\(path) holds another token, which is not allowed")
    }

    @Test("a file that would grow over 64 KiB is left alone")
    func size() throws {
        let folder = TemporaryFolder()
        let added = "\nserver:\n  sse:\n    token: \"\"\n".utf8.count + 64
        let most = "#" + String(repeating: "x", count: 65_536 - added - 1)
        let path = try folder.write("config.yaml", most)
        #expect(try obtain(path).place == .file(path: path))
        #expect(try text(path).utf8.count == 65_536)
        try folder.write("config.yaml", most + "x")
        #expect(reason(try obtain(path).place) == "\(path): File too large")
        #expect(try text(path) == most + "x")
    }

    @Test("a symbolic link stays; the file that it leads to gets the token")
    func link() throws {
        let folder = TemporaryFolder()
        let real = try folder.makeFolder("real") + "/real.yaml"
        try folder.write("real/real.yaml", "server:\n  mode: both\n")
        let path = try folder.link("config.yaml", to: "real/real.yaml")
        let (token, place) = try obtain(path)
        #expect(place == .file(path: path))
        #expect(try text(real) == "server:\n  sse:\n    token: \"\(token)\"\n  mode: both\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "real/real.yaml")
        #expect(TemporaryFolder.names(in: folder.path + "/real") == ["real.yaml"])

        let loose = try folder.link("loose.yaml", to: "none.yaml")
        #expect(reason(try obtain(loose).place) == "\(loose): No such file or directory")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: loose) == "none.yaml")
    }

    @Test("where nothing can be written there is a token all the same, and the reason is told")
    func unwritable() throws {
        let folder = TemporaryFolder()
        let path = try folder.makeFolder("closed") + "/config.yaml"
        try #require(chmod(folder.path + "/closed", 0o555) == 0)
        try #require(chmod(folder.path, 0o755) == 0)
        // Root may write anywhere: take nobody's rights, for this thread alone, which no await leaves meanwhile.
        let user = setfsuid(65_534)
        let first = try obtain(path)
        let missing = try obtain(folder.path + "/closed/new/config.yaml")
        _ = setfsuid(uid_t(bitPattern: user))
        #expect(first.token.utf8.count == 64)
        #expect(reason(first.place) == "\(path): Permission denied")
        #expect(reason(missing.place) == "\(folder.path)/closed/new/config.yaml: Permission denied")
        #expect(TemporaryFolder.names(in: folder.path + "/closed") == [])

        let nowhere = folder.path + "/no/such/config.yaml"
        #expect(reason(try obtain(nowhere).place) == "\(nowhere): No such file or directory")
        let file = try folder.write("file", "")
        #expect(reason(try obtain(file + "/config.yaml").place) == "\(file)/config.yaml: Not a directory")
        #expect(reason(try obtain(nil).place) == "there is no home: HOME is not set")
    }

    @Test("a folder that cannot be locked is written to all the same")
    func lockless() throws {
        let folder = TemporaryFolder()
        let dark = try folder.makeFolder("dark")
        try #require(chmod(folder.path, 0o755) == 0)
        if geteuid() == 0 { try #require(chown(dark, 65_534, 65_534) == 0) }
        try #require(chmod(dark, 0o300) == 0)
        let user = setfsuid(geteuid() == 0 ? 65_534 : geteuid())
        let result = try obtain(dark + "/config.yaml")
        _ = setfsuid(uid_t(bitPattern: user))
        try #require(chmod(dark, 0o700) == 0)
        #expect(result.place == .file(path: dark + "/config.yaml"))
        #expect(TemporaryFolder.names(in: dark) == ["config.yaml"])
    }

    @Test("of many at once one makes the token, and all end with it")
    func race() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/.tmdb-mcp/config.yaml"
        let results = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            guard let result = try? TokenStore.obtain(path: path) else { return }
            results.withLock { $0.append(result.token.reveal() + "\(result.place)") }
        }
        let found = results.withLock { $0 }
        #expect(found.count == 16)
        #expect(Set(found).count == 1)
        #expect(found.allSatisfy { $0.contains("file(path") })
        #expect(TemporaryFolder.names(in: folder.path + "/.tmdb-mcp") == ["config.yaml"])
    }
}

import Glibc
import System
import Testing

final class FileTests {
    private let folder: String

    init() {
        var template = Array("/tmp/reactor-tests.XXXXXX".utf8CString)
        folder = String(cString: mkdtemp(&template))
    }

    deinit {
        for name in ["file", "link"] { unlink(folder + "/" + name) }
        rmdir(folder + "/new")
        rmdir(folder)
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try FileReader.read(path: path, bytesMax: 1000), as: UTF8.self)
    }

    @Test("a pipe is read to its end, however slow its writer")
    func pipe() throws {
        let writer = try #require(popen("sleep 0.2; printf one; sleep 0.2; printf two", "r"))
        defer { pclose(writer) }
        #expect(try text("/dev/fd/\(fileno(writer))") == "onetwo")
    }

    @Test("a FIFO without a writer is not waited for")
    func fifo() throws {
        #expect(mkfifo(folder + "/file", 0o600) == 0)
        #expect(try text(folder + "/file") == "")
    }

    @Test("a file is put in the place of another, for its owner alone")
    func replace() throws {
        let path = folder + "/file"
        try FileWriter.replace(path: path, contents: Array("one".utf8), owner: nil)
        #expect(try text(path) == "one")
        #expect(chmod(path, 0o644) == 0)
        #expect(try FileStatus(path: path).isReadableByOthers)
        try FileWriter.replace(path: path, contents: Array("two".utf8), owner: try FileStatus(path: path))
        #expect(try text(path) == "two")
        let status = try FileStatus(path: path)
        #expect(status.permissions == 0o600)
        #expect(!status.isReadableByOthers)
        #expect(status.owner == geteuid())
        try FileWriter.replace(path: path, contents: [], owner: nil)
        #expect(try text(path) == "")
    }

    @Test("the owner of a file stays", .enabled(if: geteuid() == 0, "only root may give files away"))
    func owner() throws {
        let path = folder + "/file"
        try FileWriter.replace(path: path, contents: [], owner: nil)
        try #require(chown(path, 1234, 4321) == 0)
        try FileWriter.replace(path: path, contents: [1], owner: try FileStatus(path: path))
        let status = try FileStatus(path: path)
        #expect((status.owner, status.group, status.permissions) == (1234, 4321, 0o600))
    }

    @Test("where a file cannot be put, nothing is left behind")
    func refused() throws {
        let path = folder + "/taken"
        try FileWriter.makeFolder(path: path)
        #expect(throws: SystemError(call: "rename", code: EISDIR)) {
            try FileWriter.replace(path: path, contents: [1], owner: nil)
        }
        #expect(rmdir(path) == 0)
        #expect(rmdir(folder) == 0)
        #expect(throws: SystemError(call: "open", code: ENOENT)) {
            try FileWriter.replace(path: path, contents: [1], owner: nil)
        }
    }

    @Test("a folder is made for its owner alone; one that is there stays as it is")
    func folders() throws {
        let path = folder + "/new"
        try FileWriter.makeFolder(path: path)
        #expect(try FileStatus(path: path).permissions == 0o700)
        #expect(chmod(path, 0o755) == 0)
        try FileWriter.makeFolder(path: path)
        #expect(try FileStatus(path: path).permissions == 0o755)
        #expect(throws: SystemError(call: "mkdir", code: ENOENT)) {
            try FileWriter.makeFolder(path: folder + "/a/b")
        }
    }

    @Test(
        "a path names a file in a folder",
        arguments: [("/a/b", "/a"), ("/a", "/"), ("a", "."), ("./a", "."), ("a/b/c", "a/b")])
    func parts(path: String, folder: String) {
        #expect(FileWriter.folder(of: path) == folder)
    }

    @Test("links are seen and followed")
    func links() throws {
        let path = folder + "/link"
        #expect(symlink("file", path) == 0)
        #expect(FileWriter.isLink(path: path))
        #expect(throws: SystemError(call: "realpath", code: ENOENT)) {
            _ = try FileWriter.resolve(path: path)
        }
        try FileWriter.replace(path: folder + "/file", contents: [], owner: nil)
        #expect(!FileWriter.isLink(path: folder + "/file"))
        #expect(!FileWriter.isLink(path: folder + "/none"))
        #expect(try FileWriter.resolve(path: path) == FileWriter.resolve(path: folder + "/file"))
    }

    @Test("a folder has one lock; who waits for it gets it, or gives up")
    func lock() throws {
        do {
            let lock = try DirectoryLock(path: folder, patience: .zero)
            #expect(throws: SystemError(call: "flock", code: EWOULDBLOCK)) {
                _ = try DirectoryLock(path: folder, patience: .milliseconds(30))
            }
            withExtendedLifetime(lock) {}
        }
        _ = try DirectoryLock(path: folder, patience: .zero)
        #expect(throws: SystemError(call: "open", code: ENOENT)) {
            _ = try DirectoryLock(path: folder + "/none", patience: .zero)
        }
    }

    @Test("random bytes are as many as asked for, and others each time", arguments: [0, 1, 32, 1000])
    func random(count: Int) throws {
        let bytes = try SystemRandom.bytes(count: count)
        #expect(bytes.count == count)
        if count >= 32 { #expect(try SystemRandom.bytes(count: count) != bytes) }
    }
}

import Glibc
import System
import Testing

struct FileChangesTests {
    /// A file's state: which file, and how often it was written.
    private static func stamp(_ number: Int64, _ version: Int64 = 0) -> FileStamp {
        FileStamp(device: 1, number: number, size: 40, modified: version, changed: version)
    }

    @Test("what has not changed is not read")
    func same() {
        var changes = FileChanges(taken: [Self.stamp(1), nil])
        for _ in 0..<3 { #expect(changes.compare([Self.stamp(1), nil]) == .none) }
    }

    @Test("a file in another's place is read at once, and once", arguments: [true, false])
    func replaced(wasThere: Bool) {
        var changes = FileChanges(taken: [Self.stamp(9), wasThere ? Self.stamp(1) : nil])
        #expect(changes.compare([Self.stamp(9), Self.stamp(2)]) == .read([1]))
        #expect(changes.compare([Self.stamp(9), Self.stamp(2)]) == .none)
    }

    @Test("a file that is written where it stands is read when it has been still")
    func written() {
        var changes = FileChanges(taken: [Self.stamp(1)])
        #expect(changes.compare([Self.stamp(1, 1)]) == .lookAgain)
        #expect(changes.compare([Self.stamp(1, 2)]) == .lookAgain)
        #expect(changes.compare([Self.stamp(1, 2)]) == .read([0]))
        #expect(changes.compare([Self.stamp(1, 2)]) == .none)
    }

    @Test("a missing file may be about to be made")
    func missing() {
        var changes = FileChanges(taken: [Self.stamp(1)])
        #expect(changes.compare([nil]) == .lookAgain)
        #expect(changes.compare([Self.stamp(2)]) == .read([0]))
        #expect(changes.compare([nil]) == .lookAgain)
        #expect(changes.compare([nil]) == .read([0]))
        #expect(changes.compare([nil]) == .none)
    }

    @Test("what goes back to what it was is not read")
    func back() {
        var changes = FileChanges(taken: [Self.stamp(1)])
        #expect(changes.compare([nil]) == .lookAgain)
        #expect(changes.compare([Self.stamp(1)]) == .none)
        #expect(changes.compare([nil]) == .lookAgain)
    }

    @Test("of several, one that is half written keeps the others waiting")
    func several() {
        var changes = FileChanges(taken: [Self.stamp(1), Self.stamp(2)])
        let found = [Self.stamp(3), Self.stamp(2, 1)]
        #expect(changes.compare(found) == .lookAgain)
        #expect(changes.compare(found) == .read([0, 1]))
    }

    @Test("who is told that the files are complete looks once")
    func settled() {
        var changes = FileChanges(taken: [Self.stamp(1), Self.stamp(2)])
        #expect(changes.settle([Self.stamp(1), Self.stamp(2, 1)]) == [1])
        #expect(changes.settle([Self.stamp(1), Self.stamp(2, 1)]) == [])
        #expect(changes.compare([Self.stamp(1), Self.stamp(2, 1)]) == .none)
    }

    @Test("a stamp tells what was put in place by a rename, by writing, and by a link that was turned")
    func stamps() throws {
        var template = Array("/tmp/file-changes-tests.XXXXXX".utf8CString)
        let folder = String(cString: mkdtemp(&template))
        let names = ["one", "two", "link", "turned"].map { "\(folder)/\($0)" }
        defer {
            for name in names { unlink(name) }
            rmdir(folder)
        }
        func write(_ path: String, _ text: String) throws {
            let file = try #require(fopen(path, "w"))
            fputs(text, file)
            fclose(file)
        }
        #expect(FileStamp(path: names[0]) == nil)
        try write(names[0], "a")
        try write(names[1], "a")
        let first = try #require(FileStamp(path: names[0]))
        let second = try #require(FileStamp(path: names[1]))
        #expect(first != second)
        #expect(FileStamp(path: names[0]) == first)
        #expect(symlink("one", names[2]) == 0)
        #expect(FileStamp(path: names[2]) == first)
        #expect(symlink("two", names[3]) == 0)
        #expect(rename(names[3], names[2]) == 0)
        #expect(FileStamp(path: names[2]) == second)
        try write(names[1], "ab")
        let longer = try #require(FileStamp(path: names[2]))
        #expect(longer != second)
        #expect(rename(names[0], names[1]) == 0)
        #expect(FileStamp(path: names[2]) != longer)
    }
}

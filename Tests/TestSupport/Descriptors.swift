import Glibc

/// A pipe, or a socket pair, whose ends close with it unless the test has closed them.
package final class Ends {
    package private(set) var reading: Int32
    package private(set) var writing: Int32

    package init(sockets: Bool = false) {
        var numbers: [Int32] = [-1, -1]
        let code = sockets ? socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers) : pipe(&numbers)
        precondition(code == 0)
        reading = numbers[0]
        writing = numbers[1]
    }

    deinit {
        closeReading()
        closeWriting()
    }

    package func closeReading() {
        if reading >= 0 { close(reading) }
        reading = -1
    }

    package func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    package func send(_ text: String) {
        let bytes = Array(text.utf8)
        precondition(Glibc.write(writing, bytes, bytes.count) == bytes.count)
    }
}

/// A file that goes with the test.
package final class TemporaryFile {
    package let path: String

    package init(_ contents: String) {
        var template = Array("/tmp/tmdb-mcp-tests-XXXXXX".utf8CString)
        let number = mkstemp(&template)
        precondition(number >= 0)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bytes = Array(contents.utf8)
        precondition(Glibc.write(number, bytes, bytes.count) == bytes.count)
        close(number)
    }

    deinit {
        unlink(path)
    }

    package func open(_ flags: Int32) -> Int32 {
        Glibc.open(path, flags)
    }
}

import Foundation
import Glibc

/// A server on the loopback, on a port of its own, that gives each connection a thread.
final class TestServer: @unchecked Sendable {
    let port: UInt16
    private let listener: Int32
    private let accepted = Log()

    /// `serve` has the connection until it returns.
    init(_ serve: @escaping @Sendable (Connection) -> Void) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                [bind(listener, pointer, length), listen(listener, 128), getsockname(listener, pointer, &length)]
            }
        }
        precondition(bound == [0, 0, 0])
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [accepted] in
            while true {
                let number = accept(listener, nil, nil)
                guard number >= 0 else { break }
                accepted.append("accepted")
                Thread.detachNewThread { serve(Connection(number)) }
            }
            close(listener)
        }
    }

    /// Answers every request of a connection, one after the other, with what `respond` makes of its head.
    convenience init(responding respond: @escaping @Sendable (_ head: String) -> [UInt8]) {
        self.init { connection in
            while let head = connection.readHead() {
                connection.send(respond(head))
            }
        }
    }

    deinit {
        // No connection is accepted from now on; the thread wakes and closes.
        shutdown(listener, Int32(SHUT_RDWR))
    }

    var connections: Int { accepted.entries.count }

    func url(_ path: String = "/", scheme: String = "http") -> String {
        "\(scheme)://127.0.0.1:\(port)\(path)?api_key=SECRETKEY"
    }

    /// A port on which nothing listens: it was just given up.
    static var deadPort: UInt16 { TestServer { _ in }.port }
}

/// One end of a TCP connection, with calls that wait; closed at the end.
final class Connection: @unchecked Sendable {
    let number: Int32
    private var pending: [UInt8] = []

    init(_ number: Int32) {
        self.number = number
    }

    init?(toPort port: UInt16) {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { return nil }
    }

    deinit {
        close(number)
    }

    /// Up to the empty line; nil when the other end has closed.
    func readHead() -> String? {
        while true {
            if let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) {
                defer { pending.removeSubrange(..<end.upperBound) }
                return String(decoding: pending[..<end.upperBound], as: UTF8.self)
            }
            guard let more = read() else { return nil }
            pending += more
        }
    }

    /// As long as the head says.
    func readBody(after head: String) -> [UInt8] {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let count = line.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        while pending.count < count, let more = read() { pending += more }
        defer { pending.removeFirst(min(count, pending.count)) }
        return Array(pending.prefix(count))
    }

    func read() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 16384)
        let count = recv(number, &chunk, chunk.count, 0)
        return count > 0 ? Array(chunk.prefix(count)) : nil
    }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }

    func endWriting() {
        shutdown(number, Int32(SHUT_WR))
    }

    /// Closing sends a reset instead of an orderly end.
    func resetAtClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// Text that threads add to.
final class Log: @unchecked Sendable {
    private let lock = NSLock()
    private var contents: [String] = []

    var entries: [String] { lock.withLock { contents } }

    func append(_ entry: String) {
        lock.withLock { contents.append(entry) }
    }
}

func response(_ status: String = "200 OK", _ fields: [String] = [], body: [UInt8] = []) -> [UInt8] {
    let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + fields
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
}

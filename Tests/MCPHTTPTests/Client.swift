import Glibc
import System
import Testing

/// A client's end of a connection, which never waits.
final class Client {
    private var number: Int32
    private var bytes: [UInt8] = []
    private(set) var hasEnded = false

    init(port: UInt16, receiveBufferBytes: Int32? = nil) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(number >= 0)
        if var size = receiveBufferBytes {
            setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(number, $0, size) }
        }
        guard code == 0 else { throw SystemError(call: "connect", code: errno) }
        try DescriptorIO.setNonblocking(number, true)
    }

    deinit { close() }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        try #require(Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    }

    func endOutput() { shutdown(number, Int32(SHUT_WR)) }

    /// Goes without a farewell: the server learns of it at once.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close()
    }

    func close() {
        if number >= 0 { _ = Glibc.close(number) }
        number = -1
    }

    /// Takes what has come.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !hasEnded {
            do throws(SystemError) {
                switch try DescriptorIO.read(number, into: &buffer) {
                case .bytes(let count): bytes += buffer[..<count]
                case .wouldBlock: return
                case .end: hasEnded = true
                }
            } catch {
                hasEnded = true
            }
        }
    }

    /// The responses so far; the last may not be whole.
    var responses: [Response] {
        read()
        return Response.all(in: bytes)
    }

    /// The first response, once its head has come.
    var response: Response? { responses.first }

    /// The first response, once all of it has come.
    var whole: Response? { response.flatMap { $0.isWhole ? $0 : nil } }

    var events: [Event] { response?.events ?? [] }
}

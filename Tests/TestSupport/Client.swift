import Glibc
import System

/// A client's end of a connection to this machine, which never waits.
package final class Client {
    private var number: Int32
    package private(set) var bytes: [UInt8] = []
    private var isEnded = false
    package private(set) var wasReset = false

    package init(port: UInt16, receiveBufferBytes: Int32? = nil) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw SystemError(call: "socket", code: errno) }
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
        // What is sent in pieces comes in pieces, and does not wait for the server's acknowledgement (Nagle).
        var isOn: Int32 = 1
        setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close() }

    /// What has come so far.
    package var text: String {
        read()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Forgets what has come so far.
    package func discard() { bytes = [] }

    /// Whether the server has ended the connection.
    package var hasEnded: Bool {
        read()
        return isEnded
    }

    package func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    package func send(_ bytes: [UInt8]) throws {
        guard sendSome(bytes) == bytes.count else { throw SystemError(call: "send", code: errno) }
    }

    /// As much as the system takes now.
    package func sendSome(_ bytes: [UInt8]) -> Int {
        Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    package func endOutput() { shutdown(number, Int32(SHUT_WR)) }

    package func close() {
        if number >= 0 { _ = Glibc.close(number) }
        number = -1
    }

    /// Closes so that the server gets a reset.
    package func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    package func read(atMost limit: Int = .max) {
        var buffer = [UInt8](repeating: 0, count: min(limit, 1 << 16))
        var left = limit
        while !isEnded && left > 0 {
            do throws(SystemError) {
                switch try DescriptorIO.read(number, into: &buffer) {
                case .bytes(let count):
                    bytes += buffer[..<count]
                    left -= count
                case .wouldBlock: return
                case .end: isEnded = true
                }
            } catch {
                isEnded = true
                wasReset = true
            }
        }
    }
}

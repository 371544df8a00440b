import Glibc
import System
import Testing

struct TCPTests {
    @Test("a listener tells its port, and its sockets neither wait nor delay nor pass to other programs")
    func accepted() throws {
        for host in ["127.0.0.1", "::1"] {
            let listener = try listen(host)
            #expect(listener.port != 0)
            if case .wouldBlock = listener.accept() {} else { Issue.record("accepted nobody") }
            let client = try connect(listener.port, ipv6: host == "::1")
            defer { close(client) }
            let socket = try accept(listener)
            #expect(fcntl(socket.number, F_GETFL) & O_NONBLOCK != 0)
            #expect(fcntl(socket.number, F_GETFD) & FD_CLOEXEC != 0)
            var value: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(socket.number, Int32(IPPROTO_TCP), TCP_NODELAY, &value, &size)
            #expect(value != 0)
        }
    }

    @Test("the IPv6 wildcard takes both families, and IPv4's clients are on the loopback there too")
    func bothFamilies() throws {
        let listener = try listen("::")
        for ipv6 in [false, true] {
            let client = try connect(listener.port, ipv6: ipv6)
            defer { close(client) }
            #expect(PeerNetwork.number(of: try accept(listener).peerAddress) == nil)
        }
    }

    @Test("a port that is taken is refused with the system's reason")
    func taken() throws {
        let listener = try listen("127.0.0.1")
        let address = try #require(SocketAddress(host: "127.0.0.1", port: listener.port))
        #expect(throws: SystemError(call: "bind", code: EADDRINUSE)) { try TCPListener(address) }
    }

    @Test("a socket writes, looks ahead, reads, and ends its output")
    func bytes() throws {
        let listener = try listen("127.0.0.1")
        let client = try connect(listener.port)
        defer { close(client) }
        let socket = try accept(listener)
        #expect(try socket.peek() == .wouldBlock)
        let text = Array("hello".utf8)
        #expect(Glibc.write(client, text, 5) == 5)
        var buffer = [UInt8](repeating: 0, count: 8)
        try wait(socket.number)
        #expect(try socket.peek() == .bytes(1))
        #expect(try socket.read(into: &buffer) == .bytes(5))
        #expect(buffer.prefix(5) == text[...])
        #expect(try socket.write(text.span) == .bytes(5))
        socket.endOutput()
        #expect(Glibc.read(client, &buffer, 8) == 5)
        #expect(Glibc.read(client, &buffer, 8) == 0)
        shutdown(client, Int32(SHUT_WR))
        try wait(socket.number)
        #expect(try socket.peek() == .end)
        socket.close()
        #expect(socket.number == -1)
        #expect(throws: SystemError(call: "send", code: EBADF)) { try socket.write(text.span) }
    }

    @Test("open files can be raised to the hard limit and no further")
    func openFiles() throws {
        let count = try ProcessLimits.raiseOpenFiles()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(limit.rlim_cur == limit.rlim_max)
        #expect(count == Int(clamping: limit.rlim_max))
    }

    private func listen(_ host: String) throws -> TCPListener {
        try TCPListener(try #require(SocketAddress(host: host, port: 0)))
    }

    private func connect(_ port: UInt16, ipv6: Bool = false) throws -> Int32 {
        let number = socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var four = sockaddr_in()
        four.sin_family = sa_family_t(AF_INET)
        four.sin_port = port.bigEndian
        four.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var six = sockaddr_in6()
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        six.sin6_addr = in6addr_loopback
        let code = ipv6 ? connect(number, &six) : connect(number, &four)
        try #require(code == 0)
        return number
    }

    private func connect<Name>(_ number: Int32, _ name: inout Name) -> Int32 {
        withUnsafeBytes(of: &name) { bytes in
            guard let base = bytes.baseAddress else { return -1 }
            return Glibc.connect(number, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    private func accept(_ listener: TCPListener) throws -> TCPSocket {
        try wait(listener.number)
        guard case .accepted(let socket) = listener.accept() else {
            throw SystemError(call: "accept", code: errno)
        }
        return socket
    }

    /// Until it is readable.
    private func wait(_ number: Int32) throws {
        var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        try #require(poll(&entry, 1, 10_000) == 1)
    }
}

import CSystem

/// A TCP socket that listens, owned by this object and closed with it. Never waits.
package final class TCPListener {
    package enum Outcome {
        case accepted(TCPSocket)
        /// None waits: the loop reports the next.
        case wouldBlock
        /// One went away before it was accepted. Others may wait.
        case aborted
        /// The process or the system has no descriptor or memory left; a waiting client was closed, so that it does not
        /// keep the loop awake. Others may wait.
        case turnedAway
        /// As before, but nothing could be done: try again after a while, not at once.
        case exhausted
    }

    private let descriptor: Descriptor
    /// Kept to be given up when the process has no descriptor left.
    private var spare: Spare?
    /// The port listened on, also when the system chose it.
    package let port: UInt16

    /// Binds and listens. Small answers leave at once (TCP_NODELAY, which accepted sockets inherit). An IPv6 wildcard
    /// also takes IPv4's connections.
    /// - Parameter sendBufferBytes: the kernel's buffer for each accepted socket; nil leaves it to the kernel.
    package init(_ address: SocketAddress, sendBufferBytes: Int32? = nil) throws(SystemError) {
        let number = csystem_tcp_socket(address.isIPv6 ? 1 : 0)
        guard number >= 0 else { throw SystemError(failed: "socket") }
        let descriptor = Descriptor(adopting: number)
        try Self.set(number, SOL_SOCKET, SO_REUSEADDR, 1)
        try Self.set(number, Int32(CSYSTEM_LEVEL_TCP), TCP_NODELAY, 1)
        if address.isIPv6 { try Self.set(number, Int32(CSYSTEM_LEVEL_IPV6), IPV6_V6ONLY, 0) }
        if let sendBufferBytes { try Self.set(number, SOL_SOCKET, SO_SNDBUF, sendBufferBytes) }
        let bytes = address.bytes
        // SAFETY: the call copies as many bytes as the family's address has.
        let code = unsafe bytes.withUnsafeBufferPointer {
            unsafe csystem_bind(number, address.isIPv6 ? 1 : 0, $0.baseAddress, address.port)
        }
        guard code == 0 else { throw SystemError(failed: "bind") }
        guard CSystem.listen(number, SystemLimits.acceptBacklog) == 0 else { throw SystemError(failed: "listen") }
        let port = csystem_bound_port(number)
        guard port >= 0 else { throw SystemError(failed: "getsockname") }
        self.port = UInt16(truncatingIfNeeded: port)
        self.descriptor = consume descriptor
        spare = Spare()
    }

    /// For the loop; closed with this object.
    package var number: Int32 { descriptor.number }

    package func accept() -> Outcome {
        let accepted = csystem_accept(descriptor.number)
        if accepted >= 0 { return .accepted(TCPSocket(adopting: accepted)) }
        switch csystem_errno() {
        case EAGAIN, EWOULDBLOCK: return .wouldBlock
        case EMFILE, ENFILE: return turnAway()
        case ENOBUFS, ENOMEM: return .exhausted
        case EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP, EFAULT, ENOSYS, EPERM: return .exhausted
        // accept(2): errors of the new connection's network are reported here, and concern that connection alone.
        default: return .aborted
        }
    }

    /// Gives up the spare descriptor to accept a client and close it.
    private func turnAway() -> Outcome {
        guard spare != nil else {
            spare = Spare()
            return .exhausted
        }
        spare = nil
        let accepted = csystem_accept(descriptor.number)
        if accepted >= 0 { _ = CSystem.close(accepted) }
        spare = Spare()
        return accepted >= 0 ? .turnedAway : .exhausted
    }

    private static func set(
        _ number: Int32, _ level: Int32, _ option: Int32, _ value: Int32
    ) throws(SystemError) {
        guard csystem_set_option(number, level, option, value) == 0 else { throw SystemError(failed: "setsockopt") }
    }

    private final class Spare {
        private let descriptor: Descriptor

        init?() {
            // SAFETY: open copies the path, which lives until the closure returns.
            let number = unsafe "/".withCString { unsafe csystem_open_to_read($0) }
            guard number >= 0 else { return nil }
            descriptor = Descriptor(adopting: number)
        }
    }
}

import CSystem

/// A connected TCP socket, owned by this object and closed with it at the latest. Never waits.
package final class TCPSocket {
    private var descriptor: Descriptor?

    /// Takes over a number that nobody else closes.
    init(adopting number: Int32) {
        descriptor = Descriptor(adopting: number)
    }

    /// For the loop; -1 when closed.
    package var number: Int32 { descriptor?.number ?? -1 }

    /// Where the other end is, as 4 or 16 bytes in network order; none when it is not known.
    package var peerAddress: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        let number = number
        // SAFETY: the call writes 16 bytes at most.
        let count = unsafe bytes.withUnsafeMutableBufferPointer { unsafe csystem_peer_address(number, $0.baseAddress) }
        return Array(bytes.prefix(Int(count)))
    }

    /// Reads into the front of `buffer`, at most its count, which must not be 0.
    package func read(into buffer: inout [UInt8]) throws(SystemError) -> DescriptorIO.Outcome {
        try DescriptorIO.read(number, into: &buffer)
    }

    /// Writes the front of `bytes`, maybe not all. A client that has disconnected is an error (EPIPE), never a signal.
    package func write(_ bytes: Span<UInt8>) throws(SystemError) -> DescriptorIO.Outcome {
        let number = number
        while true {
            // SAFETY: the kernel reads at most `count` bytes of the span, within the closure.
            let (count, code) = unsafe bytes.withUnsafeBytes { bytes in
                let count = unsafe csystem_send(number, bytes.baseAddress, bytes.count)
                return (count, csystem_errno())
            }
            if count >= 0 { return .bytes(count) }
            if code == EAGAIN || code == EWOULDBLOCK { return .wouldBlock }
            if code != EINTR { throw SystemError(call: "send", code: code) }
        }
    }

    /// What a read would meet, without taking anything: `.bytes(1)` stands for any input.
    package func peek() throws(SystemError) -> DescriptorIO.Outcome {
        while true {
            let count = csystem_peek(number)
            if count > 0 { return .bytes(1) }
            if count == 0 { return .end }
            let code = csystem_errno()
            if code == EAGAIN || code == EWOULDBLOCK { return .wouldBlock }
            if code != EINTR { throw SystemError(call: "recv", code: code) }
        }
    }

    /// Tells the other end that nothing more is sent. What it sends can still be read.
    package func endOutput() {
        // A failure means that the connection has ended already.
        _ = csystem_shutdown_writing(number)
    }

    /// Closes it now. Deregister it from the loop first.
    package func close() {
        descriptor = nil
    }
}

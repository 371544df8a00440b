package import HTTPTypes

/// One request that awaits its response: a small value that may be kept and used later, on the loop's thread. When the
/// response has ended or the client has disconnected, everything here does nothing.
package struct ResponseWriter {
    private let connection: HTTPConnection
    private let serial: UInt32

    init(_ connection: HTTPConnection, serial: UInt32) {
        self.connection = connection
        self.serial = serial
    }

    /// The number of the client's connection, counted from 1: the same for all requests that come over it.
    package var connectionNumber: Int64 { connection.number }

    /// The client's address, or that of a proxy before it: 4 or 16 bytes, none when it is not known.
    package var peerAddress: [UInt8] { connection.peerAddress }

    /// Where the client is (`PeerNetwork`); nil on the loopback, and when it is not known.
    package var peerNetwork: Int64? { connection.peerNetwork }

    private var open: HTTPConnection? { connection.machine.isAwaiting(serial) ? connection : nil }

    /// Whether the response can still be sent, or its stream goes on.
    package var isOpen: Bool { open != nil }

    /// Sends a whole response. Content-Length is added where the status allows a body; the body is not sent to HEAD.
    package func respond(_ status: Int, _ fields: HTTPFields = HTTPFields(), body: Span<UInt8>) {
        open?.respond(status, fields, body)
    }

    /// The same with a body that `writing` appends to an array, which may hold nothing else yet.
    package func respond(
        _ status: Int, _ fields: HTTPFields = HTTPFields(), writing body: (inout [UInt8]) -> Void
    ) {
        guard let open else { return }
        open.server.withScratch { scratch in
            body(&scratch)
            self.open?.respond(status, fields, scratch.span)
        }
    }

    /// The same without a body.
    package func respond(_ status: Int, _ fields: HTTPFields = HTTPFields()) {
        open?.respond(status, fields, Span())
    }

    package func respond(_ answer: HTTPResponse) {
        open?.respond(answer.status, answer.fields, answer.body.span)
    }

    /// Begins a response of unknown length: chunked, or up to the end of the connection for HTTP/1.0. From now on the
    /// end of the client's input counts as its departure.
    package func startStream(_ status: Int, _ fields: HTTPFields = HTTPFields()) {
        open?.startStream(status, fields)
    }

    /// Queues what `body` appends to an array, as one chunk, to be sent at the end of the turn at the latest. When more
    /// waits then than a slow reader may leave queued, the connection is closed and `onClose` called.
    package func write(_ body: (inout [UInt8]) -> Void) {
        guard let open, open.machine.isStreaming else { return }
        open.server.withScratch { scratch in
            body(&scratch)
            self.open?.writePart(scratch.span)
        }
    }

    /// Writes what is queued now, as far as the system takes it, so that it does not go out with what follows. Not to
    /// be called while a request is handed on. Whether nothing is left.
    package func flush() -> Bool {
        guard let open else { return true }
        open.flush()
        return open.queuedBytes == 0
    }

    /// Ends the stream. The connection goes on with the client's next request.
    package func endStream() {
        open?.endStream()
    }

    /// Breaks the response off and closes the connection, so that the client sees that it is not whole. `onClose` is
    /// not called.
    package func abort() {
        open?.abort()
    }

    /// Calls `action` once when the client has disconnected before the response has ended: its connection failed, the
    /// server closed it, or a stream's client ended its input. Replaces the action set before; released at the end.
    package func onClose(_ action: @escaping () -> Void) {
        open?.onClose = action
    }

    /// Calls `action` once when the client has ended its input while its answer, which is not a stream, is awaited. It
    /// may have gone, or wait for the answer: TCP does not tell. The answer can still be sent.
    package func onInputEnd(_ action: @escaping () -> Void) {
        open?.onInputEnd = action
    }
}

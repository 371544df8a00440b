package import JSON

/// One client's connection: runs a `Session` and the tools that it calls. A transport brings bytes and takes answers.
package final class Connection {
    private var session: Session
    private var cancellations: [Session.CallID: Tool.Cancellation] = [:]
    private let send: (JSONValue) -> Void

    /// `send` takes each message for the client, in order. It may be called during `receive` and after it.
    package init(server: Server, send: @escaping (JSONValue) -> Void) {
        self.session = Session(server: server)
        self.send = send
    }

    /// Calls that still owe an answer.
    package var callsInFlight: Int { session.callsInFlight }

    /// Takes the bytes of one message.
    package func receive(_ bytes: Span<UInt8>) {
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            do throws(IncomingMessage.Malformed) {
                perform(session.receive(try IncomingMessage(value)))
            } catch {
                perform(session.refuse(id: error.id, error.error))
            }
        } catch {
            perform(session.refuse(id: nil, RPCError(.parseError, "The message is not JSON: \(error.message).")))
        }
    }

    /// Takes notice of a message that the transport dropped because it was longer than `Limits.messageBytesMax`.
    package func receiveTooLong() {
        let message = "The message is longer than \(Limits.messageBytesMax) bytes and was dropped."
        perform(session.refuse(id: nil, RPCError(.invalidRequest, message)))
    }

    /// Stops every call. Nothing is sent after it.
    package func cancelAll() {
        let running = cancellations
        cancellations = [:]
        for cancel in running.values { cancel() }
    }

    private func perform(_ action: Session.Action) {
        switch action {
        case .none:
            break
        case .send(let message):
            send(message)
        case .cancel(let id):
            cancellations.removeValue(forKey: id)?()
        case .call(let id, let tool, let arguments):
            run(id, tool, arguments)
        }
    }

    private func run(_ id: Session.CallID, _ tool: Tool, _ arguments: Arguments) {
        var isFinished = false
        let cancel = tool.run(arguments) { [self] result in
            isFinished = true
            cancellations.removeValue(forKey: id)
            perform(session.finish(id, result))
        }
        if !isFinished { cancellations[id] = cancel }
    }
}

package import JSON

/// One client's connection: runs a `Session` and the tools that it calls. A transport brings bytes and takes answers.
package final class Connection {
    private struct Call {
        let cancel: Tool.Cancellation
        let batch: Batch?
    }

    private var session: Session
    private var calls: [Session.CallID: Call] = [:]
    private let send: (JSONValue) -> Void

    /// `send` takes each message for the client, in order. It may be called during `receive` and after it.
    package init(server: Server, send: @escaping (JSONValue) -> Void) {
        self.session = Session(server: server)
        self.send = send
    }

    /// Calls that still owe an answer.
    package var callsInFlight: Int { calls.count }

    /// Takes the bytes of one message.
    package func receive(_ bytes: Span<UInt8>) {
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            if case .array(let messages) = value {
                receiveBatch(messages)
            } else {
                receive(value, batch: nil)
            }
        } catch {
            perform(session.refuse(id: nil, RPCError(.parseError, "The message is not JSON: \(error.message).")), nil)
        }
    }

    /// Takes notice of a message that the transport dropped because it was longer than `Limits.messageBytesMax`.
    package func receiveTooLong() {
        let message = "The message is longer than \(Limits.messageBytesMax) bytes and was dropped."
        perform(session.refuse(id: nil, RPCError(.invalidRequest, message)), nil)
    }

    /// Stops every call. Nothing is sent after it.
    package func cancelAll() {
        let running = calls
        calls = [:]
        for call in running.values { call.cancel() }
    }

    private func receive(_ value: JSONValue, batch: Batch?) {
        do throws(IncomingMessage.Malformed) {
            perform(session.receive(try IncomingMessage(value)), batch)
        } catch {
            perform(session.refuse(id: error.id, error.error), batch)
        }
    }

    private func receiveBatch(_ messages: [JSONValue]) {
        guard session.takesBatches, (1...Limits.batchMax).contains(messages.count) else {
            let words =
                session.takesBatches
                ? "A batch must have at least one message and at most \(Limits.batchMax)."
                : "Batches belong to revision 2025-03-26: send one message at a time."
            return perform(session.refuse(id: nil, RPCError(.invalidRequest, words)), nil)
        }
        let batch = Batch()
        // Counts as a call, so that nothing is sent before the last message has been taken.
        batch.callsInFlight += 1
        for message in messages { receive(message, batch: batch) }
        endCall(of: batch)
    }

    private func perform(_ action: Session.Action, _ batch: Batch?) {
        switch action {
        case .none:
            break
        case .send(let message):
            if let batch { batch.add(message) } else { send(message) }
        case .cancel(let id):
            guard let call = calls.removeValue(forKey: id) else { return }
            call.cancel()
            endCall(of: call.batch)
        case .call(let id, let tool, let arguments):
            batch?.callsInFlight += 1
            run(id, tool, arguments, batch)
        }
    }

    private func run(_ id: Session.CallID, _ tool: Tool, _ arguments: Arguments, _ batch: Batch?) {
        var isFinished = false
        let cancel = tool.run(arguments) { [self] result in
            isFinished = true
            calls.removeValue(forKey: id)
            perform(session.finish(id, result), batch)
            endCall(of: batch)
        }
        if !isFinished { calls[id] = Call(cancel: cancel, batch: batch) }
    }

    private func endCall(of batch: Batch?) {
        guard let batch else { return }
        batch.callsInFlight -= 1
        if let message = batch.message { send(message) }
    }
}

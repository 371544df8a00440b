import HTTPServer
import MCP
import Reactor

/// HTTP+SSE (2024-11-05, basic/transports): a GET opens the stream and is told where to post; answers come as events.
extension HTTPTransport {
    func serveOldTransport(_ head: RequestHead, _ body: Span<UInt8>, _ exchange: Exchange) {
        if head.method == .get { return openOldSession(head, exchange) }
        guard let id = OldTransport.sessionID(in: head.query) else {
            return refuse(head, exchange, 400, "sessionid is missing: post where the event \"endpoint\" says")
        }
        guard let session = oldSessions[id] else {
            return refuse(head, exchange, 404, "there is no such session, or its stream has ended: open another")
        }
        session.receive(IncomingPayload(parsing: body), from: caller(head, exchange, session: session.number))
        exchange.respond(202, bareFields(for: head))
    }

    private func openOldSession(_ head: RequestHead, _ exchange: Exchange) {
        guard AcceptedTypes(head).stream else {
            return refuse(head, exchange, 406, "this is an event stream: send Accept: text/event-stream")
        }
        guard !isDraining else { return refuse(head, exchange, 503, "the server is stopping: try again later") }
        let id: SessionID
        do throws(SystemError) {
            id = try SessionID()
        } catch {
            return refuse(head, exchange, 500, "no session could be made: \(error.reason)")
        }
        let fields = streamFields(for: head)
        let path = "\(head.path)?sessionid=\(id.text)"
        oldSessions[id] = OldSession(server: server, number: sessions.takeNumber(), path: path) { session in
            openStream(exchange, fields) { [self] in
                oldSessions[id] = nil
                session.forget()
            }
        }
    }
}

enum OldTransport {
    /// The session that a POST's query names, `sessionid=…`.
    static func sessionID(in query: String?) -> SessionID? {
        for item in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let text = Array(item)
            let name = Array("sessionid=".utf8)
            if text.starts(with: name) { return SessionID(text.span.extracting(droppingFirst: name.count)) }
        }
        return nil
    }
}

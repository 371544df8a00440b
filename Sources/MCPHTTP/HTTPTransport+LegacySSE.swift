import HTTPTypes
import Bytes
import HTTPServer
import MCP
import System

/// HTTP+SSE (2024-11-05, basic/transports): a GET opens the stream and is told where to post; answers come as events.
extension HTTPTransport {
    func serveLegacySSE(_ head: RequestHead, _ body: Span<UInt8>, _ writer: ResponseWriter) {
        if head.method == .get { return openSSESession(head, writer) }
        guard let id = LegacySSE.sessionID(in: head.query) else {
            return refuse(head, writer, 400, "sessionid is missing: post where the event \"endpoint\" says")
        }
        guard let session = sseSessions[id] else {
            return refuse(head, writer, 404, "there is no such session, or its stream has ended: open another")
        }
        session.receive(IncomingPayload(parsing: body), from: caller(head, writer, session: session.number))
        writer.respond(202, bareFields(for: head))
    }

    private func openSSESession(_ head: RequestHead, _ writer: ResponseWriter) {
        guard AcceptedTypes(head).stream else {
            return refuse(head, writer, 406, "this is an event stream: send Accept: text/event-stream")
        }
        guard !isDraining else { return refuse(head, writer, 503, "the server is stopping: try again later") }
        let id: SessionID
        do throws(SystemError) {
            id = try SessionID()
        } catch {
            return refuse(head, writer, 500, "no session could be made: \(error.reason)")
        }
        let fields = streamFields(for: head)
        let path = "\(head.path)?sessionid=\(id.text)"
        sseSessions[id] = SSESession(server: server, number: sessions.takeNumber(), path: path, loop: loop) { session in
            openStream(writer, fields) { [self] in
                sseSessions[id] = nil
                session.forget()
            }
        }
    }
}

enum LegacySSE {
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

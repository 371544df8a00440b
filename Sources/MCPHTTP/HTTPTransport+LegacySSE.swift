import HTTPTypes
import Bytes
import HTTPServer
import MCP
import System

/// HTTP+SSE (2024-11-05, basic/transports): a GET opens the stream and is told where to post; answers come as events.
///
/// The answer to `initialize` has an event id that carries what was settled. Clients whose stream ends, as at a
/// restart, open another and send the id along, as the HTML standard has it (section 9.2.4), but no `initialize`.
extension HTTPTransport {
    func serveLegacySSE(_ head: RequestHead, _ body: Span<UInt8>, _ writer: ResponseWriter) {
        if head.method == .get { return openSSESession(head, writer) }
        guard let id = LegacySSE.sessionID(in: head.query) else {
            // Clients that look for Streamable HTTP first fall back to a GET after 404 and 405 alone (2025-11-25,
            // basic/transports, Backwards Compatibility).
            return refuse(
                head, writer, .missingSession, 405, "sessionid is missing: post where the event \"endpoint\" says",
                [("Allow", "GET")])
        }
        guard let session = sseSessions[id.nonce], session.id == id else {
            return refuse(
                head, writer, .session, 404, "there is no such session, or its stream has ended: open another")
        }
        session.receive(IncomingPayload(parsing: body), from: caller(head, writer, session: session.number))
        writer.respond(202, bareFields(for: head))
    }

    private func openSSESession(_ head: RequestHead, _ writer: ResponseWriter) {
        guard AcceptedTypes(head).stream else {
            return refuse(head, writer, .accept, 406, "this is an event stream: send Accept: text/event-stream")
        }
        let nonce: UInt64
        do throws(SystemError) {
            nonce = try SystemRandom.word()
        } catch {
            return fail(head, writer, "no session could be made: \(error.reason)")
        }
        guard let id = sessions.id(nonce: nonce, nil) else {
            return fail(head, writer, "no session could be made")
        }
        let fields = streamFields(for: head)
        let last = head.withValue(of: .lastEventID) { SessionID($0) } ?? nil
        let path = "\(prefix(head, writer))\(head.path)?sessionid=\(id.text)"
        let settled = last.flatMap { sessions.settled($0) }
        let session = SSESession(sessions, id: id, settled: settled, path: path, loop: loop) { session in
            openStream(writer, fields) { [self] in
                sseSessions[nonce] = nil
                session.forget()
            }
        }
        sseSessions[nonce] = session
        // It comes back, then to a process that stays.
        if isDraining { session.endWhenDone() }
    }
}

extension HTTPTransport {
    /// What the client's path has in front of ours.
    private func prefix(_ head: RequestHead, _ writer: ResponseWriter) -> String {
        let isBelieved = head.has(keys.forwardedPrefix) && proxies.trust(writer.peerAddress)
        let given = isBelieved ? head.value(of: keys.forwardedPrefix).flatMap { PathPrefix($0) } : nil
        return (given ?? pathPrefix)?.text ?? ""
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

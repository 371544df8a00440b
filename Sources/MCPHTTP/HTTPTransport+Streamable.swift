import HTTPTypes
import Bytes
import HTTPServer
import JSON
import MCP
import System

/// Streamable HTTP (2026-07-28, basic/transports/streamable-http; 2025-11-25, basic/transports).
extension HTTPTransport {
    func serveMCP(_ head: RequestHead, _ body: Span<UInt8>, _ writer: ResponseWriter) {
        switch head.method {
        case .post: receive(IncomingPayload(parsing: body), head, writer)
        case .get: listen(head, writer)
        case .delete:
            guard let session = requireSession(head, writer), checkVersion(of: session, head, writer) else {
                return
            }
            sessions.terminate(session)
            writer.respond(204, bareFields(for: head))
        // The access policy lets nothing else in.
        case .head, .put, .patch, .options, .trace: writer.respond(405)
        }
    }

    private func receive(_ payload: IncomingPayload, _ head: RequestHead, _ writer: ResponseWriter) {
        if case .message(.request(let id, let method, let params)) = payload {
            // It settles the revision, so its header may name one that is not served (2026-07-28, basic/versioning).
            if Method(rawValue: method) == .initialize, !RequestMeta.isModern(params) {
                return initialize(payload, head, writer)
            }
            if isModern(head, params) { return serveModern(id, method, params, head, writer) }
        }
        if !head.has(keys.sessionID) {
            switch payload {
            case .message(.notification) where isModernRevision(head):
                return writer.respond(202, bareFields(for: head))
            case .malformed(let malformed): return refuse(malformed, head, writer)
            case .message, .batch: break
            }
        }
        guard let session = requireSession(head, writer), checkVersion(of: session, head, writer) else { return }
        pass(payload, to: session, head, writer)
    }

    /// Which era a request belongs to. Its body decides; where that names nothing, its header.
    private func isModern(_ head: RequestHead, _ params: JSONObject) -> Bool {
        if RequestMeta.isModern(params) { return true }
        guard let text = head.value(of: keys.protocolVersion) else { return false }
        guard let version = ProtocolVersion(text) else { return !head.has(keys.sessionID) }
        return version.era == .modern
    }

    private func isModernRevision(_ head: RequestHead) -> Bool {
        head.value(of: keys.protocolVersion).flatMap { ProtocolVersion($0) }?.era == .modern
    }

    private func refuse(_ malformed: IncomingMessage.Malformed, _ head: RequestHead, _ writer: ResponseWriter) {
        refusals.note(.malformed, 400, head)
        let message = OutgoingMessage.error(id: malformed.id, malformed.error, .v2026_07_28)
        writer.respond(400, fields(for: head)) { message.write(into: &$0) }
    }

    // MARK: Modern era

    private func serveModern(
        _ id: RequestID, _ method: String, _ params: JSONObject, _ head: RequestHead, _ writer: ResponseWriter
    ) {
        let accepted = AcceptedTypes(head)
        guard accepted.stream || Method(rawValue: method) != .listen else {
            return refuse(
                head, writer, .accept, 406, "a subscription is an event stream: send Accept: text/event-stream")
        }
        let post = PostReply(
            self, writer, accepted: accepted, fields: fields(for: head), streamFields: streamFields(for: head),
            session: nil)
        do throws(RPCError) {
            let headers = ModernHeaders(head, keys)
            try headers.checkVersion(params)
            let meta = try RequestMeta(params)
            try headers.check(method: method, params: params, server: server)
            let caller = caller(head, writer)
            let request = server.serve(id: id, method: method, params: params, meta: meta, caller: caller) {
                post.handle($0)
            }
            guard !request.isEnded else { return }
            if isDraining { request.endSubscription() }
            let number = nextModernRequest
            nextModernRequest &+= 1
            modernRequests[number] = request
            request.whenEnded { [self] in modernRequests[number] = nil }
            post.onAbandon = { request.cancel() }
            post.wait()
        } catch {
            post.handle(.answer(.error(id: id, error, .v2026_07_28)))
        }
    }

    // MARK: Legacy era

    /// Begins a session, whatever session the request names: clients that have lost theirs send its id along.
    private func initialize(_ payload: IncomingPayload, _ head: RequestHead, _ writer: ResponseWriter) {
        let session: HTTPSession
        do throws(SystemError) {
            session = try sessions.open()
        } catch {
            return fail(head, writer, "no session could be made: \(error.reason)")
        }
        var fields = fields(for: head)
        var streamFields = streamFields(for: head)
        var replies: [Reply] = []
        session.core.receive(payload, from: caller(head, writer, session: session.number)) { replies.append($0) }
        sessions.settle(session)
        if session.core.version != nil, let id = session.id {
            fields.append("Mcp-Session-Id", id.text)
            streamFields.append("Mcp-Session-Id", id.text)
        } else {
            // It was refused and has settled nothing.
            sessions.close(session)
        }
        let post = PostReply(
            self, writer, accepted: AcceptedTypes(head), fields: fields, streamFields: streamFields,
            session: session)
        for reply in replies { post.handle(reply) }
    }

    private func pass(
        _ payload: IncomingPayload, to session: HTTPSession, _ head: RequestHead, _ writer: ResponseWriter
    ) {
        let fields = fields(for: head)
        let post = PostReply(
            self, writer, accepted: AcceptedTypes(head), fields: fields, streamFields: streamFields(for: head),
            session: session)
        let caller = caller(head, writer, session: session.number)
        if session.core.receive(payload, from: caller, reply: { post.handle($0) }) {
            post.wait()
        } else {
            writer.respond(202, bareFields(for: head))
        }
    }

    /// The session that the request names; without one the request is answered here.
    private func requireSession(_ head: RequestHead, _ writer: ResponseWriter) -> HTTPSession? {
        guard let id = head.withValue(of: keys.sessionID, { SessionID($0) }) else {
            refuse(
                head, writer, .missingSession, 400,
                "Mcp-Session-Id is missing: send initialize first, or a request of revision 2026-07-28")
            return nil
        }
        guard let session = id.flatMap({ sessions.find($0) }) else {
            refuse(head, writer, .session, 404, "there is no such session, or it has ended: send initialize again")
            return nil
        }
        return session
    }

    /// 2025-11-25, basic/transports, Protocol Version Header. A revision that is served but was not agreed on is let
    /// pass, as clients exist that always send their newest.
    private func checkVersion(of session: HTTPSession, _ head: RequestHead, _ writer: ResponseWriter) -> Bool {
        guard let text = head.value(of: keys.protocolVersion) else { return true }
        if ProtocolVersion(text)?.era == .legacy { return true }
        refuse(
            head, writer, .revision, 400,
            "MCP-Protocol-Version names no revision of this session: send \(session.core.version?.text ?? "it")")
        return false
    }

    private func listen(_ head: RequestHead, _ writer: ResponseWriter) {
        guard AcceptedTypes(head).stream else {
            return refuse(head, writer, .accept, 406, "this is an event stream: send Accept: text/event-stream")
        }
        guard let session = requireSession(head, writer), checkVersion(of: session, head, writer) else { return }
        guard let last = head.value(of: .lastEventID) else { return listen(session, head, writer) }
        if let id = EventID(last), session.isForeignNews(id) { return listen(session, head, writer) }
        guard let id = EventID(last), let missed = session.missed(after: id) else {
            return refuse(
                head, writer, .events, 400, "the events after Last-Event-ID are no longer kept: leave the header out")
        }
        let stream = openStream(writer, streamFields(for: head)) { session.detach(from: id.stream) }
        session.resume(after: id, missed, stream)
        if isDraining { session.endWaiting() }
    }

    /// Opens the stream of what belongs to no request. While the server stops it ends at once: clients come back, then
    /// to a process that stays, whereas some never ask again after a refusal.
    private func listen(_ session: HTTPSession, _ head: RequestHead, _ writer: ResponseWriter) {
        session.listen(openStream(writer, streamFields(for: head)) { session.detach(from: 0) })
        if isDraining { session.endWaiting() }
    }
}

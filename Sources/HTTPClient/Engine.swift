import CCurl
import HTTPTypes
import EventLoop
import System

/// libcurl's multi handle on an event loop. The loop's handlers and libcurl's pointer keep the engine alive until
/// `shutDown`, which ends both.
@safe final class Engine {
    let loop: EventLoop
    private let configuration: HTTPClientConfiguration
    private let trust: TrustStore
    /// Nil after `shutDown`.
    private var multi: UnsafeMutableRawPointer?
    private var calls = SlotTable<Transfer>()
    private(set) var counters = HTTPClientCounters()
    private var sockets: [WatchedSocket] = []
    /// libcurl's one timer.
    private var timer: TimerID?
    /// libcurl wants to be called at once: at the end of this turn.
    private var isDue = false
    private var waitsForTurnEnd = false
    /// Handles whose requests have succeeded, for the next ones.
    private var spareHandles: [EasyHandle] = []
    private var lastRequest = LastRequest()
    private var families = FamilyChoice()

    private struct WatchedSocket {
        let number: curl_socket_t
        let registration: Registration
        /// Whether libcurl says when it closes it: then it stays registered between two requests.
        let isOpenedHere: Bool
        var isResting = false
    }

    /// Once in the life of the process, for all clients.
    private static let libraryStart = ccurl_global_init()

    init(loop: EventLoop, configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        guard Self.libraryStart == CURLE_OK else { throw .library(code: Int(Self.libraryStart.rawValue)) }
        let trust = try TrustStore(configuration.trust)
        guard let multi = unsafe curl_multi_init() else { throw .library(code: Int(CURLM_OUT_OF_MEMORY.rawValue)) }
        self.loop = loop
        self.configuration = configuration
        self.trust = trust
        unsafe self.multi = multi
        // SAFETY: retained for libcurl until `shutDown` has cleaned the multi handle up.
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        let codes = unsafe [
            ccurl_multi_set_socket_callback(multi, onSocket),
            ccurl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, context),
            ccurl_multi_set_timer_callback(multi, onTimer),
            ccurl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, context),
            ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.connectionsMax),
            ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsMax),
            ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.connectionsMax),
        ]
        if let failed = codes.first(where: { $0 != CURLM_OK }) {
            shutDown()
            throw .library(code: Int(failed.rawValue))
        }
    }

    /// Ends every transfer without a word, closes every connection, and leaves nothing on the loop.
    func shutDown() {
        guard let multi = unsafe multi else { return }
        for id in calls.ids {
            cancel(id)
        }
        unsafe self.multi = nil
        spareHandles = []
        // SAFETY: no easy handle is left in it; its callbacks come during the call at the latest.
        _ = unsafe curl_multi_cleanup(multi)
        for socket in sockets {
            loop.deregister(socket.registration)
        }
        sockets = []
        setTimer(nil)
        unsafe Unmanaged.passUnretained(self).release()
    }
}

// MARK: - Calls

extension Engine {
    func send(
        _ request: HTTPRequest, _ completion: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) -> SlotID {
        let transfer = Transfer(
            request, bodyBytesMax: configuration.responseBytesMax, started: loop.now, completion: completion)
        let id = calls.insert(transfer)
        transfer.slot = id
        counters.requests += 1
        counters.inFlight = calls.count
        do throws(HTTPFailure) {
            try start(transfer)
            transfer.deadline = loop.schedule(after: configuration.totalTimeout) { self.passDeadline(id) }
            transfer.connectDeadline = loop.schedule(after: configuration.connectTimeout) {
                self.passConnectDeadline(id)
            }
        } catch {
            let failure = error
            loop.atEndOfTurn { self.complete(id, .failure(failure)) }
        }
        return id
    }

    func cancel(_ id: SlotID) {
        guard let transfer = calls.remove(id) else { return }
        counters.inFlight = calls.count
        tearDown(transfer)
    }

    private func start(_ transfer: Transfer) throws(HTTPFailure) {
        guard calls.count <= HTTPClientLimits.requestsMax else {
            throw .busy(requestsMax: HTTPClientLimits.requestsMax)
        }
        let headers = try lastRequest.headers(transfer.request.headers)
        let origin = try lastRequest.origin(of: transfer.request.url)
        transfer.origin = origin
        let family = families.options(for: origin.host, at: loop.now, isFresh: transfer.isHeldToFamily)
        transfer.isHeldToFamily = family.isHeld
        guard let multi = unsafe multi else { throw .other(CURLE_FAILED_INIT) }
        let handle: EasyHandle
        if let spare = spareHandles.popLast() {
            handle = spare
        } else {
            // SAFETY: retained for libcurl until `shutDown`, as in `init`.
            let engine = unsafe Unmanaged.passUnretained(self).toOpaque()
            handle = try unsafe EasyHandle(configuration, trust, engine: engine)
        }
        // SAFETY: retained for libcurl's callbacks until `end`, or until the start has failed.
        let context = unsafe Unmanaged.passRetained(transfer)
        var code = unsafe handle.prepare(
            transfer.request, headers, family: family, context: context.toOpaque())
        if code == CURLE_OK {
            code = unsafe curl_multi_add_handle(multi, handle.easy) == CURLM_OK ? CURLE_OK : CURLE_FAILED_INIT
        }
        guard code == CURLE_OK else {
            unsafe context.release()
            throw .other(code)
        }
        transfer.handle = handle
    }

    private func complete(_ id: SlotID, _ result: Result<HTTPResponse, HTTPFailure>) {
        guard let transfer = calls.remove(id) else { return }
        counters.inFlight = calls.count
        let handle = transfer.handle
        tearDown(transfer)
        switch result {
        case .success: if let handle, transfer.request.method == .get { pool(handle) }
        case .failure: counters.failures += 1
        }
        transfer.completion(result)
    }

    private func passDeadline(_ id: SlotID) {
        guard let transfer = calls[id], let handle = transfer.handle, let origin = transfer.origin else { return }
        let ending = Ending(transfer, handle, origin)
        learn(from: ending, transfer, origin)
        complete(id, .failure(ending.timedOut(after: loop.now - transfer.started)))
    }

    /// Not libcurl's matter, whose own timeout is five minutes: it closes the connection before it can be asked how far
    /// it has come.
    private func passConnectDeadline(_ id: SlotID) {
        guard let transfer = calls[id], let handle = transfer.handle else { return }
        guard transfer.attempts.hasBegun, !handle.isConnected else { return }
        passDeadline(id)
    }

    /// A family that took the connection and then was silent is left for the other one, unless that is as silent.
    private func learn(from ending: Ending, _ transfer: Transfer, _ origin: Origin) {
        guard let family = ending.silentFamily else { return }
        transfer.isHeldToFamily ? families.forget() : families.leave(family, of: origin.host, at: loop.now)
    }

    /// Where the host cannot be reached by the other family of addresses, it is tried by both within the same request.
    /// Returns whether that has begun.
    private func triesBothFamilies(_ transfer: Transfer, after failure: HTTPFailure) -> Bool {
        guard transfer.isHeldToFamily, failure.isWithoutConnection else { return false }
        families.forget()
        release(transfer)
        transfer.attempts = Attempts()
        do throws(HTTPFailure) {
            try start(transfer)
            return true
        } catch {
            return false
        }
    }

    private func pool(_ handle: EasyHandle) {
        guard spareHandles.count < configuration.connectionsMax, handle.reset() else { return }
        spareHandles.append(handle)
    }

    /// Takes the transfer out of libcurl and off the loop. Called once for each transfer, outside of libcurl.
    private func tearDown(_ transfer: Transfer) {
        if let deadline = transfer.deadline { loop.cancel(deadline) }
        if let deadline = transfer.connectDeadline { loop.cancel(deadline) }
        release(transfer)
    }

    private func release(_ transfer: Transfer) {
        guard let handle = transfer.handle, let multi = unsafe multi else { return }
        transfer.handle = nil
        _ = unsafe curl_multi_remove_handle(multi, handle.easy)
        unsafe Unmanaged.passUnretained(transfer).release()
    }
}

// MARK: - libcurl's wishes, which come from its callbacks

extension Engine {
    /// False when the loop refuses the socket.
    func watch(_ socket: curl_socket_t, _ interest: Interest, _ isOpenedHere: () -> Bool) -> Bool {
        do throws(SystemError) {
            if let index = index(of: socket) {
                sockets[index].isResting = false
                try loop.setInterest(sockets[index].registration, interest)
            } else {
                let registration = try loop.register(socket, interest) { self.act(socket, $0) }
                sockets.append(
                    WatchedSocket(number: socket, registration: registration, isOpenedHere: isOpenedHere()))
            }
            return true
        } catch {
            return false
        }
    }

    /// Stops watching a socket, for now or for ever. To register it again for the next request, which soon comes, would
    /// be two calls of the kernel for each.
    func rest(_ socket: curl_socket_t) {
        guard let index = index(of: socket) else { return }
        if sockets[index].isOpenedHere { sockets[index].isResting = true } else { forget(socket) }
    }

    func forget(_ socket: curl_socket_t) {
        guard let index = index(of: socket) else { return }
        loop.deregister(sockets.remove(at: index).registration)
    }

    private func index(of socket: curl_socket_t) -> Int? { sockets.firstIndex { $0.number == socket } }

    func setTimer(_ span: TimeSpan?) {
        if let timer { loop.cancel(timer) }
        timer = nil
        isDue = span == .zero
        guard let span else { return }
        // libcurl wants to be called at once for every request: that is not worth a timer.
        guard isDue else { return timer = loop.schedule(after: span) { self.timeOut() } }
        guard !waitsForTurnEnd else { return }
        waitsForTurnEnd = true
        loop.atEndOfTurn {
            self.waitsForTurnEnd = false
            if self.isDue { self.timeOut() }
        }
    }
}

// MARK: - What the loop reports

extension Engine {
    private func act(_ socket: curl_socket_t, _ readiness: Readiness) {
        // The server has hung up, say. libcurl will see it when it wants the connection again.
        if let index = index(of: socket), sockets[index].isResting { return forget(socket) }
        guard let multi = unsafe multi else { return }
        var mask: Int32 = 0
        if readiness.contains(.readable) { mask |= CURL_CSELECT_IN }
        if readiness.contains(.writable) { mask |= CURL_CSELECT_OUT }
        if readiness.contains(.failed) { mask |= CURL_CSELECT_ERR }
        deliver(after: unsafe ccurl_multi_act(multi, socket, mask))
    }

    private func timeOut() {
        timer = nil
        isDue = false
        guard let multi = unsafe multi else { return }
        deliver(after: unsafe ccurl_multi_time_out(multi))
    }

    /// Calls the completions of what has ended. Each of them may send, cancel, or give the client up.
    private func deliver(after code: CURLMcode) {
        var left: Int32 = 0
        while let multi = unsafe multi, let message = unsafe curl_multi_info_read(multi, &left) {
            // SAFETY: the message is libcurl's until the next call of it; what is needed is copied.
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            let code = unsafe ccurl_message_result(message)
            guard let transfer = unsafe Transfer.of(easy), let id = transfer.slot else { continue }
            let result = transfer.result(code, bytesMax: configuration.responseBytesMax, now: loop.now)
            if case .failure(let failure) = result, triesBothFamilies(transfer, after: failure) { continue }
            complete(id, result)
        }
        // libcurl has given up, say because the loop refused a socket: nothing more would come of these.
        guard code != CURLM_OK else { return }
        for id in calls.ids {
            complete(id, .failure(.other(CURLE_ABORTED_BY_CALLBACK)))
        }
    }
}

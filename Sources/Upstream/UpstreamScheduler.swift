package import HTTPTypes
package import JSON

/// Answers calls from the cache, or sends requests upstream: rate-limited by a token bucket, fairly queued among
/// callers, coalesced (single-flight), retried with backoff, and with a stale response where upstream fails
/// (stale-if-error, RFC 5861).
package final class UpstreamScheduler {
    package typealias Send = (InFlightRequest, _ finish: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void) -> () ->
        Void
    package typealias Finish = (Result<JSONValue, UpstreamError>) -> Void

    package let configuration: UpstreamConfiguration
    package let dependencies: Dependencies
    let send: Send
    var cache: ResponseCache
    var bucket: TokenBucket
    var budget = RetryBudget()
    var queue: FairQueue
    var inFlight: [RequestKey: InFlightRequest] = [:]
    var activeRequests = 0
    /// Fires when the token bucket lets the next queued request through.
    var stopDispatchTimer: (() -> Void)?
    package internal(set) var counters = UpstreamCounters()

    package init(_ configuration: UpstreamConfiguration, _ dependencies: Dependencies, send: @escaping Send) {
        self.configuration = configuration
        self.dependencies = dependencies
        self.send = send
        cache = ResponseCache(bytesMax: configuration.cacheBytesMax)
        bucket = TokenBucket(perSecond: configuration.requestsPerSecond)
        queue = FairQueue(perCallerMax: configuration.waitingPerCallerMax, countMax: configuration.waitingMax)
    }

    package var cachedResponses: Int { cache.count }
    package var cachedBytes: Int { cache.bytes }
    package var waiting: Int { queue.count }

    /// Calls `finish` once, perhaps before this returns, unless the closure that it returns is called first.
    ///
    /// - Parameters:
    ///   - method: any but GET is for a person alone, whose requests are not shared.
    ///   - body: JSON; empty for none.
    ///   - use: is counted up.
    ///   - deadline: when the call must have ended, should that be earlier than its own time allows.
    ///   - notify: is called before `finish`.
    package func ask(
        _ path: String, _ query: [(name: String, value: String)], _ requester: Requester,
        method: HTTPMethod = .get, body: [UInt8] = [], for use: UpstreamUse, deadline: Int64?,
        notify: @escaping (UpstreamNotice) -> Void, finish: @escaping Finish
    ) -> () -> Void {
        let key = RequestKey(credentialNumber: requester.credentialNumber, path: path, query: query)
        let held = cache.response(for: key)
        let calendar = dependencies.calendar()
        if let held, held.isFresh(at: calendar) {
            counters.hits += 1
            use.cacheHits += 1
            use.limit(to: held)
            finish(.success(held.value))
            return {}
        }
        counters.misses += 1
        let now = dependencies.now()
        let ownDeadline = now + configuration.totalNanoseconds
        let call = UpstreamCall(
            requester, use, began: now, stopwatch: dependencies.stopwatch(),
            deadline: min(ownDeadline, deadline ?? ownDeadline), notify: notify, finish: finish)
        guard call.deadline > now else {
            resolve(call, key, failing: .late(Int(clamping: configuration.totalNanoseconds / 1_000_000)))
            return {}
        }
        let request = inFlight[key]
        if let held, held.canServeStale(at: calendar) {
            call.softDeadline = min(call.deadline, (request?.began ?? now) + UpstreamLimits.staleAfterNanoseconds)
            if let request, call.softDeadline <= now {
                resolve(call, key, failing: request.unanswered(since: request.began, at: now))
                return {}
            }
        }
        // Only a request that has been sent can be answered before the pause ends.
        if bucket.pausedUntil >= call.softDeadline, request?.phase != .sending {
            resolve(call, key, failing: rateLimited(at: now))
            return {}
        }
        if let request {
            counters.shared += 1
            add(call, to: request)
            if request.phase == .queued, queue.hasRoom(for: requester.queueKey) {
                queue.append(request, for: requester.queueKey)
            }
        } else {
            guard queue.hasRoom(for: requester.queueKey) else {
                counters.rejected += 1
                resolve(call, key, failing: .crowded)
                return {}
            }
            let request = InFlightRequest(key, path, query, requester, method, body, began: now)
            inFlight[key] = request
            add(call, to: request)
            queue.append(request, for: requester.queueKey)
            dispatchReady()
            if request.phase == .queued { counters.waits += 1 }
        }
        return { [self] in cancel(call) }
    }

    // MARK: Calls

    func add(_ call: UpstreamCall, to request: InFlightRequest) {
        request.calls.append(call)
        call.request = request
        wait(call, until: call.softDeadline)
    }

    func wait(_ call: UpstreamCall, until time: Int64) {
        call.stopTimer = dependencies.schedule(time - dependencies.now()) { [self] in passSoftDeadline(call) }
    }

    func cancel(_ call: UpstreamCall) {
        call.isCancelled = true
        guard let request = call.request else { return }
        detach(call, from: request)
        dispatchReady()
    }

    /// Its deadline has passed, or upstream is slow and a stale response is served: then the attempt in progress goes
    /// on, for calls to come.
    func passSoftDeadline(_ call: UpstreamCall) {
        guard let request = call.request else { return }
        let now = dependencies.now()
        let isInTime = now < call.deadline
        // It may have been evicted meanwhile.
        if isInTime, !hasStaleResponse(request.key) { return wait(call, until: call.deadline) }
        let error = request.unanswered(since: call.began, at: now)
        detach(call, from: request, keepsRequest: isInTime)
        resolve(call, request.key, failing: error)
        dispatchReady()
    }

    func hasStaleResponse(_ key: RequestKey) -> Bool {
        cache.response(for: key)?.canServeStale(at: dependencies.calendar()) ?? false
    }

    /// Removes a call from its request, which ends with its last call.
    func detach(_ call: UpstreamCall, from request: InFlightRequest, keepsRequest: Bool = false) {
        release(call)
        request.calls.removeAll { $0 === call }
        if !request.calls.contains(where: { $0.requester.queueKey == call.requester.queueKey }) {
            queue.remove(request, for: call.requester.queueKey)
            // The others may have found no room in the queue under their own keys.
            if request.phase == .queued, let heir = request.calls.first, !queue.contains(request) {
                queue.append(request, for: heir.requester.queueKey)
            }
        }
        guard request.calls.isEmpty else { return }
        if request.phase == .sending {
            if keepsRequest { return }
            activeRequests -= 1
        }
        close(request)
    }

    func release(_ call: UpstreamCall) {
        call.request = nil
        call.stopTimer?()
        call.stopTimer = nil
    }

    /// Fails a call that waits for no request any more, or answers it with a stale response.
    func resolve(_ call: UpstreamCall, _ key: RequestKey, failing error: UpstreamError) {
        let use = call.use
        use.freshUntil = .min
        use.nanoseconds += dependencies.stopwatch() - call.stopwatch
        let now = dependencies.calendar()
        guard error.allowsStale, let held = cache.response(for: key), held.canServeStale(at: now) else {
            use.answers += 1
            return call.finish(.failure(error))
        }
        counters.stale += 1
        use.staleAnswers += 1
        let age = held.age(at: now) ?? 0
        // Of several responses the oldest one is reported.
        if age >= use.staleSeconds {
            use.staleSeconds = age
            call.notify(.stale(ageSeconds: age, error))
        }
        call.finish(.success(held.value))
    }
}

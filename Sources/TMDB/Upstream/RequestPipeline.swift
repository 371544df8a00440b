import HTTPTypes
import JSON
import MCP

/// Brings calls to TMDB: from the cache where it can, else each in its turn, together with those that want the same,
/// and again where that may help.
final class RequestPipeline {
    typealias Send = (Flight, _ finish: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void) -> Cancellation
    typealias Finish = (Result<JSONValue, TMDBError>) -> Void

    let configuration: UpstreamConfiguration
    let surroundings: Surroundings
    let send: Send
    var cache: AnswerCache
    var bucket: TokenBucket
    var budget = RetryBudget()
    var queue: FairQueue
    var flights: [RequestKey: Flight] = [:]
    var underWay = 0
    /// Fires when the next of those who wait may go.
    var stopTurnTimer: Cancellation?
    var counters = UpstreamCounters()

    init(_ configuration: UpstreamConfiguration, _ surroundings: Surroundings, send: @escaping Send) {
        self.configuration = configuration
        self.surroundings = surroundings
        self.send = send
        cache = AnswerCache(bytesMax: configuration.cacheBytesMax)
        bucket = TokenBucket(perSecond: configuration.requestsPerSecond)
        queue = FairQueue(laneMax: configuration.waitingPerCallerMax, countMax: configuration.waitingMax)
    }

    var cachedAnswers: Int { cache.count }
    var cachedBytes: Int { cache.bytes }
    var waiting: Int { queue.count }

    /// Calls `finish` once, perhaps before this returns, unless the closure that it returns is called first.
    ///
    /// - Parameter deadline: when the call must have ended, should that be earlier than its own time allows.
    func ask(
        _ path: String, _ query: [(name: String, value: String)], _ asker: Asker, for request: RequestContext,
        _ deadline: Int64?, _ finish: @escaping Finish
    ) -> Cancellation {
        let key = RequestKey(tenant: asker.tenant, path: path, query: query)
        let held = cache.answer(to: key)
        let calendar = surroundings.calendar()
        if let held, held.isFresh(at: calendar) {
            counters.hits += 1
            request.upstream.cacheHits += 1
            request.upstream.limit(to: held)
            finish(.success(held.value))
            return {}
        }
        counters.misses += 1
        let now = surroundings.now()
        let ownDeadline = now + configuration.totalNanoseconds
        let call = UpstreamCall(
            request, asker, began: now, deadline: min(ownDeadline, deadline ?? ownDeadline), finish)
        guard call.deadline > now else {
            end(call, key, failing: .late(Int(clamping: configuration.totalNanoseconds / 1_000_000)))
            return {}
        }
        let flight = flights[key]
        if let held, held.maySubstitute(at: calendar) {
            call.patience = min(call.deadline, (flight?.began ?? now) + Limits.substituteNanoseconds)
            if let flight, call.patience <= now {
                end(call, key, failing: flight.unanswered(since: flight.began, at: now))
                return {}
            }
        }
        // Only who is asking already can have an answer before the pause ends.
        if bucket.pausedUntil >= call.patience, flight?.phase != .trying {
            end(call, key, failing: rateLimited(at: now))
            return {}
        }
        if let flight {
            counters.shared += 1
            add(call, to: flight)
            if flight.phase == .waiting, queue.hasRoom(for: asker.lane) { queue.append(flight, for: asker.lane) }
        } else {
            guard queue.hasRoom(for: asker.lane) else {
                counters.turnedAway += 1
                end(call, key, failing: .crowded)
                return {}
            }
            let flight = Flight(key, path, query, asker.credential, began: now)
            flights[key] = flight
            add(call, to: flight)
            queue.append(flight, for: asker.lane)
            takeTurns()
            if flight.phase == .waiting { counters.waits += 1 }
        }
        return { [self] in cancel(call) }
    }

    // MARK: Calls

    func add(_ call: UpstreamCall, to flight: Flight) {
        flight.calls.append(call)
        call.flight = flight
        wait(call, until: call.patience)
    }

    func wait(_ call: UpstreamCall, until time: Int64) {
        call.stopTimer = surroundings.schedule(time - surroundings.now()) { [self] in losePatience(call) }
    }

    func cancel(_ call: UpstreamCall) {
        call.isCancelled = true
        guard let flight = call.flight else { return }
        detach(call, from: flight)
        takeTurns()
    }

    /// Its time is up, or it has something at hand and TMDB is slow: then the try that is under way goes on for those
    /// who ask later.
    func losePatience(_ call: UpstreamCall) {
        guard let flight = call.flight else { return }
        let now = surroundings.now()
        let isInTime = now < call.deadline
        // What was at hand may have been pushed out meanwhile.
        if isInTime, !hasSubstitute(flight.key) { return wait(call, until: call.deadline) }
        let error = flight.unanswered(since: call.began, at: now)
        detach(call, from: flight, tryGoesOn: isInTime)
        end(call, flight.key, failing: error)
        takeTurns()
    }

    func hasSubstitute(_ key: RequestKey) -> Bool {
        cache.answer(to: key)?.maySubstitute(at: surroundings.calendar()) ?? false
    }

    /// Takes a call out of its flight, which ends with its last one.
    func detach(_ call: UpstreamCall, from flight: Flight, tryGoesOn: Bool = false) {
        release(call)
        flight.calls.removeAll { $0 === call }
        if !flight.calls.contains(where: { $0.asker.lane == call.asker.lane }) {
            queue.remove(flight, for: call.asker.lane)
            // Those who shared its place had perhaps no room for one of their own.
            if flight.phase == .waiting, let heir = flight.calls.first, !queue.contains(flight) {
                queue.append(flight, for: heir.asker.lane)
            }
        }
        guard flight.calls.isEmpty else { return }
        if flight.phase == .trying {
            if tryGoesOn { return }
            underWay -= 1
        }
        close(flight)
    }

    func release(_ call: UpstreamCall) {
        call.flight = nil
        call.stopTimer?()
        call.stopTimer = nil
    }

    /// Ends a call that is in no flight any more. What is past its time is better than nothing.
    func end(_ call: UpstreamCall, _ key: RequestKey, failing error: TMDBError) {
        let upstream = call.request.upstream
        call.request.upstream.freshUntil = .min
        call.request.upstream.nanoseconds = upstream.nanoseconds + (surroundings.now() - call.began)
        let now = surroundings.calendar()
        guard error.allowsSubstitute, let held = cache.answer(to: key), held.maySubstitute(at: now) else {
            call.request.upstream.answers += 1
            return call.finish(.failure(error))
        }
        counters.stale += 1
        call.request.upstream.staleAnswers += 1
        let age = held.age(at: now) ?? 0
        // Of several answers the oldest is told of.
        if age >= upstream.staleSeconds {
            call.request.upstream.staleSeconds = age
            call.request.addResultMeta(
                "tmdb-mcp/stale", ["ageSeconds": .number(JSONNumber(age)), "reason": .string(error.message)])
        }
        call.finish(.success(held.value))
    }
}

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
    private let send: Send
    private var cache: AnswerCache
    private var bucket: TokenBucket
    private var budget = RetryBudget()
    private var queue: FairQueue<Flight>
    private var flights: [RequestKey: Flight] = [:]
    private var underWay = 0
    /// Fires when the next of those who wait may go.
    private var stopTurnTimer: Cancellation?
    private(set) var counters = UpstreamCounters()

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
        if let held = cache.find(key), held.isFresh(at: surroundings.calendar()) {
            counters.hits += 1
            request.upstream.cacheHits += 1
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
        // Only who is asking already can have an answer before the pause ends.
        if bucket.pausedUntil >= call.deadline, flight?.phase != .trying {
            end(call, key, failing: rateLimited(at: now))
            return {}
        }
        if let flight {
            counters.shared += 1
            add(call, to: flight)
            if flight.phase == .waiting, queue.hasRoom(for: asker.lane) { enqueue(flight, asker.lane) }
        } else {
            guard queue.hasRoom(for: asker.lane) else {
                counters.turnedAway += 1
                end(call, key, failing: .crowded)
                return {}
            }
            let flight = Flight(key, path, query, asker.credential)
            flights[key] = flight
            add(call, to: flight)
            enqueue(flight, asker.lane)
            takeTurns()
            if flight.phase == .waiting { counters.waits += 1 }
        }
        return { [self] in cancel(call) }
    }

    // MARK: Calls

    private func add(_ call: UpstreamCall, to flight: Flight) {
        flight.calls.append(call)
        call.flight = flight
        call.stopTimer = surroundings.schedule(call.deadline - call.began) { [self] in pass(deadlineOf: call) }
    }

    private func cancel(_ call: UpstreamCall) {
        call.isCancelled = true
        guard let flight = call.flight else { return }
        detach(call, from: flight)
        takeTurns()
    }

    private func pass(deadlineOf call: UpstreamCall) {
        guard let flight = call.flight else { return }
        let milliseconds = Int(clamping: (surroundings.now() - call.began) / 1_000_000)
        // Of a try that is cut short nothing is known: what ended an earlier one says more.
        let cutShort: TMDBError =
            flight.phase == .trying ? .transport(.timedOut(.waiting, milliseconds: milliseconds)) : .late(milliseconds)
        let error = flight.lastError.map { flight.told($0) } ?? cutShort
        detach(call, from: flight)
        end(call, flight.key, failing: error)
        takeTurns()
    }

    /// Takes a call out of its flight, which ends with its last one.
    private func detach(_ call: UpstreamCall, from flight: Flight) {
        release(call)
        flight.calls.removeAll { $0 === call }
        if flight.calls.isEmpty {
            if flight.phase == .trying { underWay -= 1 }
            close(flight)
        } else if !flight.calls.contains(where: { $0.asker.lane == call.asker.lane }) {
            queue.remove(flight, for: call.asker.lane)
            flight.lanes.removeAll { $0 == call.asker.lane }
        }
    }

    private func release(_ call: UpstreamCall) {
        call.flight = nil
        call.stopTimer?()
        call.stopTimer = nil
    }

    /// Ends a call that is in no flight any more. What is past its time is better than nothing.
    private func end(_ call: UpstreamCall, _ key: RequestKey, failing error: TMDBError) {
        let upstream = call.request.upstream
        call.request.upstream.nanoseconds = upstream.nanoseconds + (surroundings.now() - call.began)
        let now = surroundings.calendar()
        guard error.allowsSubstitute, let held = cache.find(key), held.maySubstitute(at: now) else {
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

    // MARK: Turns

    private func enqueue(_ flight: Flight, _ lane: Int64) {
        guard !flight.lanes.contains(lane) else { return }
        flight.lanes.append(lane)
        queue.append(flight, for: lane)
    }

    private func leaveQueue(_ flight: Flight) {
        for lane in flight.lanes { queue.remove(flight, for: lane) }
        flight.lanes = []
    }

    /// Lets those go whose turn it is.
    private func takeTurns() {
        while !queue.isEmpty, underWay < configuration.underWayMax {
            let wait = bucket.take(at: surroundings.now())
            guard wait == 0 else {
                if stopTurnTimer == nil {
                    stopTurnTimer = surroundings.schedule(wait) { [self] in
                        stopTurnTimer = nil
                        takeTurns()
                    }
                }
                return
            }
            guard let flight = queue.popFirst() else { return }
            leaveQueue(flight)
            start(flight)
        }
        stopTurnTimer?()
        stopTurnTimer = nil
    }

    private func start(_ flight: Flight) {
        flight.tries += 1
        if flight.tries > 1 { counters.retries += 1 }
        flight.phase = .trying
        underWay += 1
        flight.held = cache.find(flight.key).flatMap { $0.etag == nil ? nil : $0 }
        let number = flight.tries
        let stop = send(flight) { [self] result in
            underWay -= 1
            flight.stop = nil
            take(result, flight)
            takeTurns()
        }
        // It may have ended already.
        if flight.phase == .trying, flight.tries == number { flight.stop = stop }
    }

    // MARK: Answers

    private func take(_ result: Result<HTTPResponse, HTTPFailure>, _ flight: Flight) {
        let response: HTTPResponse
        switch result {
        case .success(let it): response = it
        case .failure(let failure): return fail(flight, .transport(failure))
        }
        let now = surroundings.now()
        let calendar = surroundings.calendar()
        if response.status != 429 { bucket.accepted(at: now) }
        let reading = AnswerReader.read(
            response, isConditional: flight.held != nil, hiding: flight.credential)
        switch reading {
        case .answer(let value):
            keep(CachedAnswer(value, response.fields, at: calendar), flight.key)
            budget.earn()
            end(flight, .success(value))
        case .stillGood:
            guard let held = flight.held else { return }
            counters.revalidated += 1
            keep(held.revalidated(response.fields, at: calendar), flight.key)
            budget.earn()
            end(flight, .success(held.value))
        case .failed(.rateLimited):
            counters.refusals += 1
            let seconds = RetryAfter.seconds(response.fields["Retry-After"], calendar: calendar)
            bucket.refused(retryAfterSeconds: seconds, at: now)
            fail(flight, rateLimited(at: now))
            endThoseTooLate(at: now)
        case .failed(let error) where error.mayPass:
            let seconds = response.status == 503 ? response.fields["Retry-After"] : nil
            let rest = min(RetryAfter.seconds(seconds, calendar: calendar) ?? 0, Limits.pauseSecondsMax)
            fail(flight, error, restAtLeast: rest * 1_000_000_000)
        case .failed(let error):
            // It is settled: what is kept is not so any more, or not this credential's to see.
            if !error.allowsSubstitute { cache.remove(flight.key) }
            budget.earn()
            end(flight, .failure(error))
        }
    }

    private func keep(_ answer: CachedAnswer?, _ key: RequestKey) {
        if let answer { cache.keep(answer, for: key) } else { cache.remove(key) }
    }

    /// Rests and tries again, if that may help and there is time; else ends. A call whose time would be up by then ends
    /// at once.
    private func fail(_ flight: Flight, _ error: TMDBError, restAtLeast: Int64 = 0) {
        flight.lastError = error
        let now = surroundings.now()
        let isRefusal = if case .rateLimited = error { true } else { false }
        let resume = now + max(restAtLeast, Backoff.rest(after: flight.tries, random: surroundings.random()))
        // While TMDB only asks for patience, its pause keeps the tries few.
        guard error.mayPass, flight.tries < configuration.triesMax,
            flight.calls.contains(where: { $0.deadline > resume }),
            isRefusal || budget.spend(at: now, after: flight.tries)
        else { return end(flight, .failure(error)) }
        flight.phase = .resting
        flight.stop = surroundings.schedule(resume - now) { [self] in
            flight.stop = nil
            flight.phase = .waiting
            for call in flight.calls { enqueue(flight, call.asker.lane) }
            takeTurns()
            if flight.phase == .waiting { counters.waits += 1 }
        }
        endCalls(of: flight, before: resume, error)
    }

    /// Nothing passes for longer than some have time.
    private func endThoseTooLate(at now: Int64) {
        let waiting = flights.values.filter { $0.phase == .waiting || $0.phase == .resting }
        for flight in waiting { endCalls(of: flight, before: bucket.pausedUntil, rateLimited(at: now)) }
    }

    private func endCalls(of flight: Flight, before time: Int64, _ error: TMDBError) {
        let told = flight.told(error)
        let late = flight.calls.filter { $0.deadline <= time }
        for call in late where call.flight === flight {
            detach(call, from: flight)
            end(call, flight.key, failing: told)
        }
    }

    /// Ends a flight that no try is under way for.
    private func end(_ flight: Flight, _ result: Result<JSONValue, TMDBError>) {
        let calls = flight.calls
        flight.calls = []
        close(flight)
        for call in calls { release(call) }
        let now = surroundings.now()
        // The answer to one may make another one's client cancel it.
        for call in calls where !call.isCancelled {
            switch result {
            case .success(let value):
                call.request.upstream.answers += 1
                call.request.upstream.nanoseconds += now - call.began
                call.finish(.success(value))
            case .failure(.unauthorized) where call.asker.isCaller:
                end(call, flight.key, failing: .callerKeyRefused)
            case .failure(let error):
                end(call, flight.key, failing: error.mayPass ? flight.told(error) : error)
            }
        }
    }

    private func close(_ flight: Flight) {
        flight.phase = .ended
        leaveQueue(flight)
        flights[flight.key] = nil
        let stop = flight.stop
        flight.stop = nil
        stop?()
    }

    private func rateLimited(at now: Int64) -> TMDBError {
        let left = max(0, bucket.pausedUntil - now)
        return .rateLimited(retryAfter: Int(clamping: (left + 999_999_999) / 1_000_000_000))
    }
}

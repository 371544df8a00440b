import Bytes
import HTTPTypes
import JSON

/// What follows an attempt: a response, a retry or a failure.
extension UpstreamScheduler {
    func handle(_ result: Result<HTTPResponse, HTTPFailure>, _ flight: InFlightRequest) {
        let response: HTTPResponse
        switch result {
        case .success(let it): response = it
        case .failure(let failure): return fail(flight, .transport(failure))
        }
        let now = dependencies.now()
        let calendar = dependencies.calendar()
        if response.status != 429 { bucket.accepted(at: now) }
        switch ResponseReader.read(response, isConditional: flight.held != nil) {
        case .value(let value):
            let answer = CachedResponse(value, response.fields, at: calendar)
            keep(answer, flight.key)
            budget.earn()
            end(flight, .success(value), kept: answer)
        case .notModified:
            guard let held = flight.held else { return }
            counters.revalidated += 1
            let answer = held.revalidated(response.fields, at: calendar)
            keep(answer, flight.key)
            budget.earn()
            end(flight, .success(held.value), kept: answer)
        case .failed(.rateLimited):
            counters.refusals += 1
            let seconds = RetryAfter.seconds(response.fields["Retry-After"], calendar: calendar)
            bucket.refused(retryAfterSeconds: seconds, at: now)
            fail(flight, rateLimited(at: now))
            failExpiredCalls(at: now)
        case .failed(let error) where error.isRetryable:
            let seconds = response.status == 503 ? response.fields["Retry-After"] : nil
            let delay = min(RetryAfter.seconds(seconds, calendar: calendar) ?? 0, UpstreamLimits.pauseSecondsMax)
            fail(flight, error, delayAtLeast: delay * 1_000_000_000)
        case .failed(let error):
            // Final: what is cached is no longer true, or not for this credential to see.
            if !error.allowsStale { cache.remove(flight.key) }
            budget.earn()
            end(flight, .failure(error))
        }
    }

    func keep(_ answer: CachedResponse?, _ key: RequestKey) {
        if let answer { cache.store(answer, for: key) } else { cache.remove(key) }
    }

    /// Schedules a retry if the error is retryable, there is time and no stale response to serve; else fails. A call
    /// whose deadline is before the retry fails at once.
    func fail(_ flight: InFlightRequest, _ error: UpstreamError, delayAtLeast: Int64 = 0) {
        flight.lastError = error
        if error.isUnreachable { flight.unreachable += 1 }
        let now = dependencies.now()
        let isRefusal = if case .rateLimited = error { true } else { false }
        let resume = now + max(delayAtLeast, Backoff.delay(after: flight.attempts, random: dependencies.random()))
        // Upstream's own pause keeps retries of rate-limited requests few.
        guard error.isRetryable, !hasStaleResponse(flight.key), flight.attempts < configuration.attemptsMax,
            flight.unreachable < UpstreamLimits.unreachableMax,
            flight.calls.contains(where: { $0.deadline > resume }),
            isRefusal || budget.spend(at: now, after: flight.attempts)
        else { return end(flight, .failure(error)) }
        flight.phase = .backingOff
        flight.stop = dependencies.schedule(resume - now) { [self] in
            flight.stop = nil
            flight.phase = .queued
            for call in flight.calls { queue.append(flight, for: call.requester.queueKey) }
            dispatchReady()
            if flight.phase == .queued { counters.waits += 1 }
        }
        for call in flight.calls { call.notify(.retry(milliseconds: (resume - now) / 1_000_000, error)) }
        failCalls(of: flight, before: resume, error)
    }

    /// Fails the calls whose deadline is before the end of a pause.
    func failExpiredCalls(at now: Int64) {
        let waiting = flights.values.filter { $0.phase == .queued || $0.phase == .backingOff }
        for flight in waiting { failCalls(of: flight, before: bucket.pausedUntil, rateLimited(at: now)) }
    }

    func failCalls(of flight: InFlightRequest, before time: Int64, _ error: UpstreamError) {
        let told = flight.told(error)
        let late = flight.calls.filter { $0.deadline <= time }
        for call in late where call.flight === flight {
            detach(call, from: flight)
            end(call, flight.key, failing: told)
        }
    }

    /// Completes a request that has no attempt in progress.
    ///
    /// - Parameter answer: nil where it must not be stored.
    func end(_ flight: InFlightRequest, _ result: Result<JSONValue, UpstreamError>, kept answer: CachedResponse? = nil)
    {
        let calls = flight.calls
        flight.calls = []
        close(flight)
        for call in calls { release(call) }
        let now = dependencies.now()
        // The response to one call may make a client cancel another.
        for call in calls where !call.isCancelled {
            switch result {
            case .success(let value):
                call.use.answers += 1
                call.use.nanoseconds += now - call.began
                call.use.limit(to: answer)
                call.finish(.success(value))
            case .failure(let error):
                end(call, flight.key, failing: error.isRetryable ? flight.told(error) : error)
            }
        }
    }

    /// Ends a request that is not queued.
    func close(_ flight: InFlightRequest) {
        flight.phase = .ended
        flights[flight.key] = nil
        let stop = flight.stop
        flight.stop = nil
        stop?()
    }

    func rateLimited(at now: Int64) -> UpstreamError {
        let left = max(0, bucket.pausedUntil - now)
        return .rateLimited(retryAfter: Int(clamping: (left + 999_999_999) / 1_000_000_000))
    }
}

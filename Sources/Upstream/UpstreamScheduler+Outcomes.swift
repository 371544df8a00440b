import Bytes
import HTTPTypes
import JSON

/// What follows an attempt: a response, a retry or a failure.
extension UpstreamScheduler {
    func handle(_ result: Result<HTTPResponse, HTTPFailure>, _ request: InFlightRequest) {
        let response: HTTPResponse
        switch result {
        case .success(let it): response = it
        case .failure(let failure): return fail(request, .transport(failure))
        }
        let now = dependencies.now()
        let calendar = dependencies.calendar()
        if response.status != 429 { bucket.accepted(at: now) }
        switch ResponseReader.read(response, isConditional: request.held != nil) {
        case .value(let value):
            let answer = request.isPerson ? nil : CachedResponse(value, response.fields, at: calendar)
            store(answer, for: request.key)
            budget.earn()
            complete(request, .success(value), kept: answer)
        case .notModified:
            guard let held = request.held else { return }
            counters.revalidated += 1
            let answer = held.revalidated(response.fields, at: calendar)
            store(answer, for: request.key)
            budget.earn()
            complete(request, .success(held.value), kept: answer)
        case .failed(.rateLimited):
            counters.refusals += 1
            let seconds = RetryAfter.seconds(response.fields["Retry-After"], calendar: calendar)
            bucket.refused(retryAfterSeconds: seconds, at: now)
            fail(request, rateLimited(at: now))
            failExpiredCalls(at: now)
        case .failed(let error) where error.isRetryable:
            let seconds = response.status == 503 ? response.fields["Retry-After"] : nil
            let delay = min(RetryAfter.seconds(seconds, calendar: calendar) ?? 0, UpstreamLimits.pauseSecondsMax)
            fail(request, error, delayAtLeast: delay * 1_000_000_000)
        case .failed(let error):
            // Final: what is cached is no longer true, or not for this credential to see.
            if !error.allowsStale { cache.remove(request.key) }
            budget.earn()
            complete(request, .failure(error))
        }
    }

    func store(_ answer: CachedResponse?, for key: RequestKey) {
        if let answer { cache.store(answer, for: key) } else { cache.remove(key) }
    }

    /// Schedules a retry if the error is retryable, there is time and no stale response to serve; else fails. A call
    /// whose deadline is before the retry fails at once.
    func fail(_ request: InFlightRequest, _ error: UpstreamError, delayAtLeast: Int64 = 0) {
        request.lastError = error
        if error.isUnreachable { request.unreachable += 1 }
        let now = dependencies.now()
        let isRefusal = if case .rateLimited = error { true } else { false }
        let resume = now + max(delayAtLeast, Backoff.delay(after: request.attempts, random: dependencies.random()))
        // Upstream's own pause keeps retries of rate-limited requests few.
        // What may have been done is not done again.
        let isSafe = request.method == .get || error.isUnreachable || isRefusal
        guard isSafe, error.isRetryable, !hasStaleResponse(request.key), request.attempts < configuration.attemptsMax,
            request.unreachable < UpstreamLimits.unreachableMax,
            request.calls.contains(where: { $0.deadline > resume }),
            isRefusal || budget.spend(at: now, after: request.attempts)
        else { return complete(request, .failure(error)) }
        request.phase = .backingOff
        request.stop = dependencies.schedule(resume - now) { [self] in
            request.stop = nil
            request.phase = .queued
            for call in request.calls { queue.append(request, for: call.requester.queueKey) }
            dispatchReady()
            if request.phase == .queued { counters.waits += 1 }
        }
        for call in request.calls { call.notify(.retry(milliseconds: (resume - now) / 1_000_000, error)) }
        failCalls(of: request, before: resume, error)
    }

    /// Fails the calls whose deadline is before the end of a pause.
    func failExpiredCalls(at now: Int64) {
        let waiting = inFlight.values.filter { $0.phase == .queued || $0.phase == .backingOff }
        for request in waiting { failCalls(of: request, before: bucket.pausedUntil, rateLimited(at: now)) }
    }

    func failCalls(of request: InFlightRequest, before time: Int64, _ error: UpstreamError) {
        let told = request.told(error)
        let late = request.calls.filter { $0.deadline <= time }
        for call in late where call.request === request {
            detach(call, from: request)
            resolve(call, request.key, failing: told)
        }
    }

    /// Completes a request that has no attempt in progress.
    ///
    /// - Parameter answer: nil where it must not be stored.
    func complete(
        _ request: InFlightRequest, _ result: Result<JSONValue, UpstreamError>, kept answer: CachedResponse? = nil
    ) {
        let calls = request.calls
        request.calls = []
        close(request)
        for call in calls { release(call) }
        let now = dependencies.stopwatch()
        // The response to one call may make a client cancel another.
        for call in calls where !call.isCancelled {
            switch result {
            case .success(let value):
                call.use.answers += 1
                call.use.nanoseconds += now - call.stopwatch
                call.use.limit(to: answer)
                call.finish(.success(value))
            case .failure(let error):
                resolve(call, request.key, failing: error.isRetryable ? request.told(error) : error)
            }
        }
    }

    /// Ends a request that is not queued.
    func close(_ request: InFlightRequest) {
        request.phase = .ended
        inFlight[request.key] = nil
        let stop = request.stop
        request.stop = nil
        stop?()
    }

    func rateLimited(at now: Int64) -> UpstreamError {
        let left = max(0, bucket.refusedUntil - now)
        return .rateLimited(retryAfter: Int(clamping: (left + 999_999_999) / 1_000_000_000))
    }
}

import HTTPTypes
import JSON
import MCP

/// What becomes of a try.
extension RequestPipeline {
    func take(_ result: Result<HTTPResponse, HTTPFailure>, _ flight: Flight) {
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
            let answer = CachedAnswer(value, response.fields, at: calendar)
            keep(answer, flight.key)
            budget.earn()
            end(flight, .success(value), kept: answer)
        case .stillGood:
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

    func keep(_ answer: CachedAnswer?, _ key: RequestKey) {
        if let answer { cache.keep(answer, for: key) } else { cache.remove(key) }
    }

    /// Rests and tries again, if that may help, there is time and nothing else at hand; else ends. A call whose time
    /// would be up by then ends at once.
    func fail(_ flight: Flight, _ error: TMDBError, restAtLeast: Int64 = 0) {
        flight.lastError = error
        if error.isUnreachable { flight.unreachable += 1 }
        let now = surroundings.now()
        let isRefusal = if case .rateLimited = error { true } else { false }
        let resume = now + max(restAtLeast, Backoff.rest(after: flight.tries, random: surroundings.random()))
        // While TMDB only asks for patience, its pause keeps the tries few.
        guard error.mayPass, !hasSubstitute(flight.key), flight.tries < configuration.triesMax,
            flight.unreachable < Limits.unreachableMax,
            flight.calls.contains(where: { $0.deadline > resume }),
            isRefusal || budget.spend(at: now, after: flight.tries)
        else { return end(flight, .failure(error)) }
        flight.phase = .resting
        flight.stop = surroundings.schedule(resume - now) { [self] in
            flight.stop = nil
            flight.phase = .waiting
            for call in flight.calls { queue.append(flight, for: call.asker.lane) }
            takeTurns()
            if flight.phase == .waiting { counters.waits += 1 }
        }
        let plan = "\(error.message) TMDB is asked again in \((resume - now) / 1_000_000) ms."
        for call in flight.calls { call.request.log(.debug, .string(plan), logger: "tmdb") }
        endCalls(of: flight, before: resume, error)
    }

    /// Nothing passes for longer than some have time.
    func endThoseTooLate(at now: Int64) {
        let waiting = flights.values.filter { $0.phase == .waiting || $0.phase == .resting }
        for flight in waiting { endCalls(of: flight, before: bucket.pausedUntil, rateLimited(at: now)) }
    }

    func endCalls(of flight: Flight, before time: Int64, _ error: TMDBError) {
        let told = flight.told(error)
        let late = flight.calls.filter { $0.deadline <= time }
        for call in late where call.flight === flight {
            detach(call, from: flight)
            end(call, flight.key, failing: told)
        }
    }

    /// Ends a flight that no try is under way for.
    ///
    /// - Parameter answer: nil where it may not be kept.
    func end(_ flight: Flight, _ result: Result<JSONValue, TMDBError>, kept answer: CachedAnswer? = nil) {
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
                call.request.upstream.limit(to: answer)
                call.finish(.success(value))
            case .failure(.unauthorized) where call.asker.isCaller:
                end(call, flight.key, failing: .callerKeyRefused)
            case .failure(let error):
                end(call, flight.key, failing: error.mayPass ? flight.told(error) : error)
            }
        }
    }

    /// Ends a flight that stands in no queue.
    func close(_ flight: Flight) {
        flight.phase = .ended
        flights[flight.key] = nil
        let stop = flight.stop
        flight.stop = nil
        stop?()
    }

    func rateLimited(at now: Int64) -> TMDBError {
        let left = max(0, bucket.pausedUntil - now)
        return .rateLimited(retryAfter: Int(clamping: (left + 999_999_999) / 1_000_000_000))
    }
}

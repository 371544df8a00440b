import HTTPTypes

/// Sends queued requests, as the token bucket and the limit of concurrent requests allow.
extension UpstreamScheduler {
    /// Sends what may be sent now, and sets a timer for what may be sent later.
    func dispatchReady() {
        while !queue.isEmpty, activeRequests < configuration.concurrentRequestsMax {
            let wait = bucket.take(at: dependencies.now())
            guard wait == 0 else {
                if stopDispatchTimer == nil {
                    stopDispatchTimer = dependencies.schedule(wait) { [self] in
                        stopDispatchTimer = nil
                        dispatchReady()
                    }
                }
                return
            }
            guard let flight = queue.popFirst() else { return }
            // It may be queued under several keys.
            for call in flight.calls { queue.remove(flight, for: call.requester.queueKey) }
            start(flight)
        }
        stopDispatchTimer?()
        stopDispatchTimer = nil
    }

    func start(_ flight: InFlightRequest) {
        flight.attempts += 1
        if flight.attempts > 1 { counters.retries += 1 }
        flight.phase = .sending
        activeRequests += 1
        flight.held = cache.response(for: flight.key).flatMap { $0.etag == nil ? nil : $0 }
        let number = flight.attempts
        let stop = send(flight) { [self] result in
            activeRequests -= 1
            flight.stop = nil
            handle(result, flight)
            dispatchReady()
        }
        // It may have ended already.
        if flight.phase == .sending, flight.attempts == number { flight.stop = stop }
    }
}

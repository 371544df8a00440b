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
            guard let request = queue.popFirst() else { return }
            // It may be queued under several keys.
            for call in request.calls { queue.remove(request, for: call.requester.queueKey) }
            start(request)
        }
        stopDispatchTimer?()
        stopDispatchTimer = nil
    }

    func start(_ request: InFlightRequest) {
        request.attempts += 1
        request.sentAt = dependencies.now()
        if request.attempts > 1 { counters.retries += 1 }
        request.phase = .sending
        activeRequests += 1
        request.held = cache.response(for: request.key).flatMap { $0.etag == nil ? nil : $0 }
        let number = request.attempts
        let stop = send(request) { [self] result in
            activeRequests -= 1
            request.stop = nil
            handle(result, request)
            dispatchReady()
        }
        // It may have ended already.
        if request.phase == .sending, request.attempts == number { request.stop = stop }
    }
}

import HTTPTypes

/// Whose turn it is.
extension RequestPipeline {
    /// Lets those go whose turn it is.
    func takeTurns() {
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
            // It may stand in several lanes.
            for call in flight.calls { queue.remove(flight, for: call.asker.lane) }
            start(flight)
        }
        stopTurnTimer?()
        stopTurnTimer = nil
    }

    func start(_ flight: Flight) {
        flight.tries += 1
        if flight.tries > 1 { counters.retries += 1 }
        flight.phase = .trying
        underWay += 1
        flight.held = cache.answer(to: flight.key).flatMap { $0.etag == nil ? nil : $0 }
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
}

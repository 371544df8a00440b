public import System

extension EventLoop {
    /// The token of the signals' own descriptor: no table grows to this index.
    static var signalSlot: SlotID { SlotID(bits: .max) }

    /// Calls `handler` for each of `signals` that the process gets. They must have been blocked by
    /// `Signal.prepareProcess` before any thread was started. A second call replaces the first.
    public func receive(
        _ signals: [Signal], handler: @escaping (Signal) -> Void
    ) throws(SystemError) {
        let queue = try SignalQueue(signals)
        try poller.add(queue.number, .read, token: Self.signalSlot.bits)
        // The queue of an earlier call closes here, which takes it out of the poller.
        self.signals = queue
        signalHandler = handler
    }

    /// The handler is released. Signals that come from now on wait until `receive` is called again.
    public func receiveNoSignals() {
        signals = nil
        signalHandler = nil
    }

    func receiveSignals() {
        guard let signals else { return }
        for signal in signals.drain() {
            // Looked up each time: a handler may have set another.
            signalHandler?(signal)
        }
    }
}

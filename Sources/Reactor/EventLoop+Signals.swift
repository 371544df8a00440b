import CSystem

extension EventLoop {
    /// The token of the signals' own descriptor: no table grows to this index.
    static var signalSlot: SlotID { SlotID(bits: .max) }

    /// Calls `handler` for each of `signals` that the process gets. They must have been blocked by
    /// `Signal.prepareProcess` before any thread was started. A second call replaces the first.
    package func receive(
        _ signals: [Signal], handler: @escaping (Signal) -> Void
    ) throws(SystemError) {
        var set = try Signal.set(of: signals)
        // SAFETY: the set is a local; the call only reads it.
        let number = unsafe csystem_signalfd(&set)
        guard number >= 0 else { throw SystemError(failed: "signalfd") }
        let descriptor = Descriptor(adopting: number)
        let events = Interest.read.epollEvents
        let code = csystem_epoll_control(
            epoll.number, Int32(CSYSTEM_EPOLL_ADD), number, events, Self.signalSlot.bits)
        guard code == 0 else { throw SystemError(failed: "epoll_ctl") }
        // The descriptor of an earlier call closes here, which takes it out of epoll.
        self.signals = consume descriptor
        signalHandler = handler
    }

    /// The handler is released. Signals that come from now on wait until `receive` is called again.
    package func receiveNoSignals() {
        signals = nil
        signalHandler = nil
    }

    func receiveSignals() {
        guard let number = signals?.number else { return }
        for signal in Self.readSignals(number) {
            // Looked up each time: a handler may have set another.
            signalHandler?(signal)
        }
    }

    private static func readSignals(_ number: Int32) -> [Signal] {
        let size = MemoryLayout<signalfd_siginfo>.size
        // SAFETY: the kernel writes whole records into the buffer, which lives until the closure returns; only those
        // that were written are read.
        return unsafe withUnsafeTemporaryAllocation(
            of: signalfd_siginfo.self, capacity: Limits.signalsPerTurnMax
        ) { records in
            let count = unsafe read(number, records.baseAddress, size * Limits.signalsPerTurnMax)
            var signals: [Signal] = []
            // Nothing to read (-1, EAGAIN) is no error: the signal may have been taken already.
            for index in 0..<(max(count, 0) / size) {
                signals.append(Signal(number: Int32(truncatingIfNeeded: unsafe records[index].ssi_signo)))
            }
            return signals
        }
    }
}

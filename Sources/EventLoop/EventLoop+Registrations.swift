public import System

extension EventLoop {
    struct Entry {
        let number: Int32
        let handler: (Readiness) -> Void
        var interest: Interest
        var place: Place
    }

    /// Where an entry waits. epoll reports hang-ups to an empty interest too, without end: such an entry is taken out.
    enum Place {
        case epoll, alwaysReady, nowhere
    }

    /// Calls `handler` in every turn in which the descriptor is ready for what `interest` waits for.
    ///
    /// The caller keeps the descriptor open until it has deregistered it; a number has one registration at a time
    /// (EEXIST). A regular file, which epoll refuses, is always ready to be read and written, and never fails.
    public func register(
        _ number: Int32, _ interest: Interest, _ handler: @escaping (Readiness) -> Void
    ) throws(SystemError) -> Registration {
        let slot = entries.insert(Entry(number: number, handler: handler, interest: [], place: .nowhere))
        do throws(SystemError) {
            try setInterest(slot, interest)
        } catch {
            entries.remove(slot)
            throw error
        }
        return Registration(slot: slot)
    }

    /// Changes what is waited for, from now on: also for events of this turn that are not handled yet. Does nothing for
    /// what is no longer registered.
    public func setInterest(_ registration: Registration, _ interest: Interest) throws(SystemError) {
        try setInterest(registration.slot, interest)
    }

    /// No call of the handler follows, not even for an event of this turn. The handler is released.
    public func deregister(_ registration: Registration) {
        guard let entry = entries.remove(registration.slot) else { return }
        switch entry.place {
        case .epoll:
            // A failure means that the number is closed already, and with it the kernel's entry.
            try? poller.remove(entry.number)
        case .alwaysReady:
            alwaysReady.removeAll { $0 == registration.slot }
        case .nowhere:
            break
        }
    }

    var hasAlwaysReadyInterest: Bool {
        alwaysReady.contains { entries[$0].map { !Readiness(all: $0.interest).isEmpty } ?? false }
    }

    func dispatch(_ event: Poller.Event) {
        let slot = SlotID(bits: event.token)
        if slot == Self.signalSlot { return receiveSignals() }
        guard let entry = entries[slot] else { return }
        let readiness = event.readiness(for: entry.interest)
        if !readiness.isEmpty { entry.handler(readiness) }
    }

    func dispatchAlwaysReady() {
        for slot in alwaysReady {
            guard let entry = entries[slot] else { continue }
            let readiness = Readiness(all: entry.interest)
            if !readiness.isEmpty { entry.handler(readiness) }
        }
    }

    private func setInterest(_ slot: SlotID, _ interest: Interest) throws(SystemError) {
        guard let entry = entries[slot], entry.interest != interest || entry.place == .nowhere else { return }
        var place = entry.place
        switch (entry.place, interest.isEmpty) {
        case (.nowhere, false):
            place = try add(entry.number, interest, slot)
        case (.epoll, false):
            try poller.change(entry.number, interest, token: slot.bits)
        case (.epoll, true):
            try poller.remove(entry.number)
            place = .nowhere
        case (.alwaysReady, _), (.nowhere, true):
            break
        }
        entries[slot]?.interest = interest
        entries[slot]?.place = place
    }

    private func add(_ number: Int32, _ interest: Interest, _ slot: SlotID) throws(SystemError) -> Place {
        do throws(SystemError) {
            try poller.add(number, interest, token: slot.bits)
            return .epoll
        } catch {
            // The file cannot be polled: it is regular, a directory, or a device such as /dev/null.
            guard error == .notPollable else { throw error }
            alwaysReady.append(slot)
            return .alwaysReady
        }
    }
}

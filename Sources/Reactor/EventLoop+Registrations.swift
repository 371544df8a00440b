import CSystem

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
    /// (EEXIST). A regular file, which epoll refuses, is always ready.
    package func register(
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
    package func setInterest(_ registration: Registration, _ interest: Interest) throws(SystemError) {
        try setInterest(registration.slot, interest)
    }

    /// No call of the handler follows, not even for an event of this turn. The handler is released.
    package func deregister(_ registration: Registration) {
        guard let entry = entries.remove(registration.slot) else { return }
        switch entry.place {
        case .epoll:
            // A failure means that the number is closed already, and with it epoll's entry.
            _ = csystem_epoll_control(epoll.number, Int32(CSYSTEM_EPOLL_DELETE), entry.number, 0, 0)
        case .alwaysReady:
            alwaysReady.removeAll { $0 == registration.slot }
        case .nowhere:
            break
        }
    }

    var hasAlwaysReadyInterest: Bool {
        alwaysReady.contains { entries[$0]?.interest.isEmpty == false }
    }

    func dispatch(_ slot: SlotID, epollEvents: UInt32) {
        if slot == Self.signalSlot { return receiveSignals() }
        guard let entry = entries[slot] else { return }
        let readiness = Readiness(epollEvents: epollEvents, interest: entry.interest)
        if !readiness.isEmpty { entry.handler(readiness) }
    }

    func dispatchAlwaysReady() {
        for slot in alwaysReady {
            guard let entry = entries[slot] else { continue }
            if !entry.interest.isEmpty { entry.handler(Readiness(all: entry.interest)) }
        }
    }

    private func setInterest(_ slot: SlotID, _ interest: Interest) throws(SystemError) {
        guard let entry = entries[slot], entry.interest != interest || entry.place == .nowhere else { return }
        var place = entry.place
        switch (entry.place, interest.isEmpty) {
        case (.nowhere, false):
            place = try add(entry.number, interest, slot)
        case (.epoll, false):
            try control(CSYSTEM_EPOLL_MODIFY, entry.number, interest, slot)
        case (.epoll, true):
            try control(CSYSTEM_EPOLL_DELETE, entry.number, interest, slot)
            place = .nowhere
        case (.alwaysReady, _), (.nowhere, true):
            break
        }
        entries[slot]?.interest = interest
        entries[slot]?.place = place
    }

    private func add(_ number: Int32, _ interest: Interest, _ slot: SlotID) throws(SystemError) -> Place {
        do throws(SystemError) {
            try control(CSYSTEM_EPOLL_ADD, number, interest, slot)
            return .epoll
        } catch {
            // The file cannot be polled: it is regular, a directory, or a device such as /dev/null.
            guard error.code == EPERM else { throw error }
            alwaysReady.append(slot)
            return .alwaysReady
        }
    }

    private func control(
        _ operation: Int, _ number: Int32, _ interest: Interest, _ slot: SlotID
    ) throws(SystemError) {
        let code = csystem_epoll_control(
            epoll.number, Int32(truncatingIfNeeded: operation), number, interest.epollEvents, slot.bits)
        guard code == 0 else { throw SystemError(failed: "epoll_ctl") }
    }
}

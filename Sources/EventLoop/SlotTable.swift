/// Owns elements and hands out tokens for them. A token of a removed element finds nothing, even when its place has
/// been taken again: each place counts its uses.
package struct SlotTable<Element> {
    private var slots: [Slot] = []
    private var vacant: [UInt32] = []

    package init() {}

    package var count: Int { slots.count - vacant.count }

    package mutating func insert(_ element: Element) -> SlotID {
        if let index = vacant.popLast() {
            slots[Int(index)].element = element
            return SlotID(index: index, generation: slots[Int(index)].generation)
        }
        let index = UInt32(slots.count)
        slots.append(Slot(generation: 0, element: element))
        return SlotID(index: index, generation: 0)
    }

    /// The element, or nil when it has been removed. Setting changes an element that is there, and does nothing else.
    package subscript(id: SlotID) -> Element? {
        get {
            guard let index = occupied(id) else { return nil }
            return slots[index].element
        }
        set {
            guard let index = occupied(id), let newValue else { return }
            slots[index].element = newValue
        }
    }

    @discardableResult
    package mutating func remove(_ id: SlotID) -> Element? {
        guard let index = occupied(id) else { return nil }
        let element = slots[index].element
        slots[index].element = nil
        slots[index].generation &+= 1
        vacant.append(id.index)
        return element
    }

    /// The tokens of all elements.
    package var ids: [SlotID] {
        var ids: [SlotID] = []
        for (index, slot) in slots.enumerated() where slot.element != nil {
            ids.append(SlotID(index: UInt32(index), generation: slot.generation))
        }
        return ids
    }

    private func occupied(_ id: SlotID) -> Int? {
        guard let index = Int(exactly: id.index), index < slots.count,
            slots[index].generation == id.generation, slots[index].element != nil
        else { return nil }
        return index
    }

    private struct Slot {
        var generation: UInt32
        var element: Element?
    }
}

/// Names one element of a `SlotTable` for as long as it is there.
package struct SlotID: Equatable, Sendable {
    let index: UInt32
    let generation: UInt32

    init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }

    /// Both numbers in 64 bits, for the kernel to carry.
    init(bits: UInt64) {
        index = UInt32(truncatingIfNeeded: bits)
        generation = UInt32(truncatingIfNeeded: bits >> 32)
    }

    var bits: UInt64 { UInt64(generation) << 32 | UInt64(index) }
}

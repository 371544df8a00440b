/// Names a descriptor's registration until it is deregistered; later it names nothing, even when the number is used
/// again.
public struct Registration: Equatable, Sendable {
    let slot: SlotID
}

/// Names a descriptor's registration until it is deregistered; later it names nothing, even when the number is used
/// again.
package struct Registration: Equatable, Sendable {
    let slot: SlotID
}

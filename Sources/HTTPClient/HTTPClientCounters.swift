/// What a client has done so far, for metrics.
package struct HTTPClientCounters: Equatable, Sendable {
    package internal(set) var requests: Int64 = 0
    /// Requests that no server answered; those that were cancelled are not counted.
    package internal(set) var failures: Int64 = 0
    package internal(set) var inFlight = 0
}

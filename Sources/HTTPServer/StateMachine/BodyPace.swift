package import System

/// How fast a body has to come.
package struct BodyPace: Equatable {
    /// When all of it must have come.
    package private(set) var deadline: Instant
    /// When `bodyProgressBytesMin` must have come since the last such time.
    package private(set) var progressDeadline: Instant
    private var progressBytes = 0

    package init(now: Instant, limits: HTTPServerLimits) {
        deadline = now + limits.bodyTime
        progressDeadline = now + limits.bodyProgressTime
    }

    var nextDeadline: Instant { min(deadline, progressDeadline) }

    mutating func bytesReceived(_ count: Int) { progressBytes += count }

    /// Returns whether it comes too slowly.
    mutating func timePassed(now: Instant, limits: HTTPServerLimits) -> Bool {
        guard deadline > now else { return true }
        guard progressDeadline <= now else { return false }
        guard progressBytes >= limits.bodyProgressBytesMin else { return true }
        progressBytes = 0
        progressDeadline = now + limits.bodyProgressTime
        return false
    }
}

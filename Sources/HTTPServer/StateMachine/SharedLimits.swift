/// A server's limits, in one object for all its connections.
package final class SharedLimits: Sendable {
    package let values: HTTPServerLimits

    package init(_ values: HTTPServerLimits) {
        self.values = values
    }
}

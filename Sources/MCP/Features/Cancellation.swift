/// Stops work that runs. After it the work's completion is never called.
package typealias Cancellation = () -> Void

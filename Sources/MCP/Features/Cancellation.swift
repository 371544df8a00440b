/// Stops work that runs. After it the work's completion is never called.
public typealias Cancellation = () -> Void

/// What was made of responses, kept so that equal calls need not make it again.
struct CachedResult {
    let content: AnyObject
    /// How many responses it was made of.
    let answers: Int
    /// When the last of them was made, and when the first is no longer fresh, in seconds of the calendar.
    let freshFrom: Int64
    let freshUntil: Int64

    /// A clock that was set back tells nothing.
    func isFresh(at now: Int64) -> Bool { now >= freshFrom && now < freshUntil }
}

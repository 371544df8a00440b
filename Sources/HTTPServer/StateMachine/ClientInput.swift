/// What is known of a client's sending, beyond the bytes that were read.
package enum ClientInput: Equatable {
    /// More may come.
    case open
    /// More has come and was left unread.
    case unread
    /// The client sends no more, but what it sent may not have been read to its end.
    case endedUnread
    /// All was read up to the end. The client may still read.
    case ended

    var isEnded: Bool { self == .endedUnread || self == .ended }
    var mayBeUnread: Bool { self == .unread || self == .endedUnread }
}

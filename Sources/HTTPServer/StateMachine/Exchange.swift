import HTTPTypes

/// A request, as far as its response depends on it.
package struct Exchange: Equatable {
    /// HEAD gets no body.
    package var isHead: Bool
    /// HTTP/1.0.
    package var isOldVersion: Bool
    package var persistence: Persistence

    package enum Persistence: Equatable {
        case keep
        /// Lingering when the client may still be sending.
        case close(lingering: Bool)
    }

    package init(isHead: Bool = false, isOldVersion: Bool = false, persistence: Persistence) {
        self.isHead = isHead
        self.isOldVersion = isOldVersion
        self.persistence = persistence
    }

    init(_ head: RequestHead) {
        isHead = head.method == .head
        isOldVersion = head.minorVersion == 0
        persistence = head.keepsConnection ? .keep : .close(lingering: false)
    }

    /// A request that is refused: where it ends cannot be told, so nothing that follows is read.
    static var refused: Exchange { Exchange(persistence: .close(lingering: true)) }

    var headPersistence: ResponseHeadEncoder.Persistence {
        switch persistence {
        case .keep: isOldVersion ? .keepAlive : .usual
        case .close: .close
        }
    }
}

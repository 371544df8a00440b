import Bytes

/// Names an event of a session: the stream, and its place in it (2025-11-25, basic/transports, Resumability).
package struct EventID: Equatable {
    package let stream: UInt32
    package let place: UInt32

    package init(stream: UInt32, place: UInt32) {
        self.stream = stream
        self.place = place
    }

    /// Nil for what no session of ours sent.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, let stream = parts.first.flatMap({ UInt32(String($0) ?? "") }),
            let place = parts.last.flatMap({ UInt32(String($0) ?? "") })
        else { return nil }
        self.init(stream: stream, place: place)
        // Numbers may be written in other ways.
        if text != self.text { return nil }
    }

    package var text: String { "\(stream)-\(place)" }
}

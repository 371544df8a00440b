import Bytes
package import MCP

/// Events and comments of a stream (HTML standard, section 9.2). What is sent holds no line breaks: JSON has none, and
/// the rest is ours.
package enum EventText {
    package static func message(_ message: OutgoingMessage, id: String?, into bytes: inout [UInt8]) {
        if let id {
            bytes.append(contentsOf: "id: ".utf8)
            bytes.append(contentsOf: id.utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(contentsOf: "event: message\ndata: ".utf8)
        message.write(into: &bytes)
        bytes.append(contentsOf: "\n\n".utf8)
    }

    /// An event without data, so that the client knows from where to go on (2025-11-25, basic/transports).
    package static func priming(_ id: EventID, retryMilliseconds: Int64?, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: "id: ".utf8)
        bytes.append(contentsOf: id.text.utf8)
        if let retryMilliseconds { bytes.append(contentsOf: "\nretry: \(retryMilliseconds)".utf8) }
        bytes.append(contentsOf: "\ndata: \n\n".utf8)
    }

    package static func retry(milliseconds: Int64, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: "retry: \(milliseconds)\n\n".utf8)
    }

    /// Where to post (2024-11-05, basic/transports, HTTP with SSE).
    package static func endpoint(_ path: String, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: "event: endpoint\ndata: ".utf8)
        bytes.append(contentsOf: path.utf8)
        bytes.append(contentsOf: "\n\n".utf8)
    }

    package static func comment(into bytes: inout [UInt8]) { bytes.append(contentsOf: ":\n\n".utf8) }
}

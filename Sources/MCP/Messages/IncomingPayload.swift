import Bytes
public import JSON

/// What the bytes of one line or one HTTP body hold.
public enum IncomingPayload: Sendable {
    case message(IncomingMessage)
    /// An array. Whether it may be a batch is for the session to say.
    case batch([JSONValue])
    case malformed(IncomingMessage.Malformed)

    public init(parsing text: Span<UInt8>) {
        // RFC 8259, section 8.1: a byte-order mark may be ignored. Editors and some runtimes put one in front.
        let hasMark = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
        let bytes = text.extracting(droppingFirst: hasMark ? 3 : 0)
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            if error.reason == .loneSurrogate, let id = IncomingPayload.requestID(in: bytes) {
                let refusal = RPCError(.invalidRequest, "The message holds half a character: \(error.message).")
                self = .malformed(IncomingMessage.Malformed(id: id, error: refusal))
                return
            }
            let error = RPCError(.parseError, "The message is not JSON: \(error.message).")
            self = .malformed(IncomingMessage.Malformed(id: nil, error: error))
            return
        }
        if case .array(let elements) = value {
            self = .batch(elements)
            return
        }
        self.init(element: value)
    }

    /// The id of a request that holds half of a surrogate pair. The grammar of JSON lets that pass, and JavaScript
    /// writes it of an emoji that was cut in two: under no id the client would wait for its answer in vain.
    private static func requestID(in bytes: Span<UInt8>) -> RequestID? {
        guard let value = try? JSONValue(parsing: bytes, invalidText: .replace), value["method"]?.string != nil,
            let id = value["id"].flatMap(RequestID.init)
        else { return nil }
        // What was replaced in the id itself cannot be echoed.
        if case .string(let text) = id, text.unicodeScalars.contains("\u{FFFD}") { return nil }
        return id
    }

    /// A message that stands alone, or in a batch.
    init(element value: JSONValue) {
        do throws(IncomingMessage.Malformed) {
            self = .message(try IncomingMessage(value))
        } catch {
            self = .malformed(error)
        }
    }

    /// A message of a batch. `initialize` must stand alone (2025-03-26, basic/lifecycle, Initialization).
    init(batched value: JSONValue) {
        self.init(element: value)
        if case .message(.request(let id, "initialize", _)) = self {
            let error = RPCError(.invalidRequest, "initialize must not be in a batch: send it alone.")
            self = .malformed(IncomingMessage.Malformed(id: id, error: error))
        }
    }

    /// Whether the sender waits for an answer.
    var wantsAnswer: Bool {
        switch self {
        case .message(.request), .malformed: true
        case .message(.notification), .message(.response): false
        // A batch in a batch is malformed, and `init(element:)` says so.
        case .batch: true
        }
    }

    /// A message that the transport dropped because it was longer than `MCPLimits.messageBytesMax`.
    public static var tooLong: IncomingPayload {
        let words = "The message is longer than \(MCPLimits.messageBytesMax) bytes and was dropped."
        return .malformed(IncomingMessage.Malformed(id: nil, error: RPCError(.invalidRequest, words)))
    }
}

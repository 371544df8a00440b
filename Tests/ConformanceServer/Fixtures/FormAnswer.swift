import JSON
import MCP

/// What a client says that its user did with a form (client/elicitation).
enum FormAnswer {
    case accepted(JSONObject)
    /// Declined or cancelled.
    case refused(action: String)

    /// Nil for an answer that is none.
    init?(_ answer: JSONValue?) {
        switch answer?["action"]?.string {
        case "accept":
            self = .accepted(answer?["content"]?.object ?? [:])
        case "decline": self = .refused(action: "decline")
        case "cancel": self = .refused(action: "cancel")
        default: return nil
        }
    }
}

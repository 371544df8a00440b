public import JSON

/// How a client answered a request of the server's.
public enum ClientAnswer: Equatable, Sendable {
    case result(JSONObject)
    /// The message of its error, shortened.
    case error(String)

    /// Nil for an object that is no response.
    init?(_ object: JSONObject) {
        if let result = object["result"] {
            self = .result(result.object ?? [:])
        } else if let error = object["error"] {
            self = .error(error["message"]?.string?.shortened ?? "no reason given")
        } else {
            return nil
        }
    }
}

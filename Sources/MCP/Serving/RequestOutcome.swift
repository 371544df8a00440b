import JSON

/// How a request ends.
enum RequestOutcome {
    case complete(JSONObject)
    case structured(StructuredContent)
    /// A complete result that says that a tool failed.
    case failed(JSONObject)
    /// The JSON text of a result, ready for the wire.
    case prepared([UInt8])
    case inputRequired(InputRequired)
    case refused(RPCError)
}

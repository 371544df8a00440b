import JSON

/// The error that parsing ends with, nil when the text is accepted.
func refusal(
    of bytes: [UInt8],
    limits: JSONLimits = JSONLimits(),
    invalidText: InvalidTextPolicy = .refuse
) -> JSONError? {
    do throws(JSONError) {
        _ = try JSONValue(parsing: bytes, limits: limits, invalidText: invalidText)
        return nil
    } catch {
        return error
    }
}

func refusal(of text: String, limits: JSONLimits = JSONLimits()) -> JSONError? {
    refusal(of: Array(text.utf8), limits: limits)
}

/// `bytes` between double quotes.
func quoted(_ bytes: [UInt8]) -> [UInt8] {
    [0x22] + bytes + [0x22]
}

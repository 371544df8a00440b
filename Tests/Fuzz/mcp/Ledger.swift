import JSON

/// What was asked and what was answered, read with nothing but the JSON module.
struct Ledger {
    /// Requests that may still be answered, by their ids' text; of those that could not be served, any number.
    private var open: [String: Int] = [:]

    /// Returns whether the message must not be answered: a notification, or an answer.
    mutating func noteReceived(_ message: [UInt8]) -> Bool {
        guard let value = try? JSONValue(parsing: message) else { return false }
        if let elements = value.array {
            for element in elements { note(element) }
            return false
        }
        note(value)
        guard value["jsonrpc"]?.string == "2.0" else { return false }
        if value["method"]?.string != nil {
            // One that is not well-formed may be answered, even without an id.
            return value["id"] == nil && (value["params"] == nil || value["params"]?.object != nil)
        }
        let isResult = value["method"] == nil && value["error"] == nil && value["result"]?.object != nil
        return isResult && (value["id"]?.string != nil || value["id"]?.int64 != nil)
    }

    mutating func noteSent(_ message: [UInt8]) {
        do throws(JSONError) {
            require(!message.contains(UInt8(ascii: "\n")), "a message is one line")
            let value = try JSONValue(parsing: message)
            if let elements = value.array {
                require(!elements.isEmpty, "a batch of answers is not empty")
                for element in elements { check(element) }
            } else {
                check(value)
            }
        } catch {
            require(false, "what is sent is JSON: \(error.message)")
        }
    }

    private mutating func note(_ value: JSONValue) {
        if let id = value["id"] { open[id.text, default: 0] += 1 }
    }

    private mutating func check(_ message: JSONValue) {
        require(message["jsonrpc"]?.string == "2.0", "a message names JSON-RPC 2.0")
        if message["method"] != nil {
            require(message["id"] == nil, "the server asks nothing")
            return
        }
        let error = message["error"]
        require((message["result"] == nil) != (error == nil), "an answer has a result or an error")
        if let error {
            require(error["code"]?.int64 != nil && error["message"]?.string != nil, "an error has a code and words")
        } else {
            require(message["result"]?.object != nil, "a result is an object")
        }
        guard let id = message["id"], !id.isNull else {
            return require(error != nil, "only an error may come without an id")
        }
        let count = open[id.text, default: 0]
        require(count > 0, "an answer's id was asked, and is answered once")
        open[id.text] = count - 1
    }
}

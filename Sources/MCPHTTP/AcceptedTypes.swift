import HTTPServer

/// The kinds of response that a client takes (RFC 9110, section 12.5.1). Weights do not count.
struct AcceptedTypes: Equatable {
    private(set) var json = false
    private(set) var stream = false

    /// A client that sends no Accept, or nothing in it, takes anything.
    init(_ head: RequestHead) {
        var isGiven = false
        head.forEachValue(of: .accept) { value in
            if !value.isEmpty { isGiven = true }
            add(value)
        }
        if !isGiven { (json, stream) = (true, true) }
    }

    private mutating func add(_ value: Span<UInt8>) {
        var start = 0
        for index in value.indices where value[index] == UInt8(ascii: ",") {
            addType(value.extracting(start..<index))
            start = index + 1
        }
        addType(value.extracting(start..<value.count))
    }

    private mutating func addType(_ item: Span<UInt8>) {
        let type = MediaType(item)
        if type.matches("*/*") {
            (json, stream) = (true, true)
        } else if type.matches("application/json") || type.matches("application/*") {
            json = true
        } else if type.matches("text/event-stream") || type.matches("text/*") {
            stream = true
        }
    }
}

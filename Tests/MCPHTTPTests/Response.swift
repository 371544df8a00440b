import JSON

/// What came of one response.
struct Response {
    var status = 0
    var fields: [String: String] = [:]
    var body = ""
    var isWhole = false

    var json: JSONValue? { try? JSONValue(parsing: body) }

    var isStream: Bool { fields["content-type"] == "text/event-stream" }

    /// The code of the error in the body.
    var errorCode: Int64? { json?["error"]?["code"]?.int64 }

    /// The events of a stream; comments are left out.
    var events: [Event] { blocks.compactMap { Event($0) } }

    var comments: Int { blocks.reduce(0) { $0 + ($1.hasPrefix(":") ? 1 : 0) } }

    private var blocks: [String] {
        var blocks: [String] = []
        var block = ""
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                if !block.isEmpty { blocks.append(block) }
                block = ""
            } else {
                block += line + "\n"
            }
        }
        return blocks
    }

    static func all(in bytes: [UInt8]) -> [Response] {
        var rest = bytes[...]
        var responses: [Response] = []
        while let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
            var response = Response(head: String(decoding: rest[..<end.lowerBound], as: UTF8.self))
            rest = rest[end.upperBound...]
            if response.fields["transfer-encoding"] == "chunked" {
                response.takeChunks(from: &rest)
            } else {
                let length = response.fields["content-length"].flatMap { Int($0) } ?? 0
                response.isWhole = rest.count >= length
                response.body = String(decoding: rest.prefix(length), as: UTF8.self)
                rest = rest.dropFirst(length)
            }
            responses.append(response)
            if !response.isWhole { break }
        }
        return responses
    }

    private init(head: String) {
        for (number, line) in head.split(separator: "\r\n").enumerated() {
            if number == 0 {
                status = Int(line.split(separator: " ")[1]) ?? 0
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[colon...].dropFirst().drop { $0 == " " }
                fields[line[..<colon].lowercased()] = String(value)
            }
        }
    }

    private mutating func takeChunks(from rest: inout ArraySlice<UInt8>) {
        while let end = rest.firstRange(of: Array("\r\n".utf8)) {
            let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) ?? 0
            let chunk = rest[end.upperBound...]
            guard chunk.count >= size + 2 else { return }
            body += String(decoding: chunk.prefix(size), as: UTF8.self)
            rest = chunk.dropFirst(size + 2)
            if size == 0 {
                isWhole = true
                return
            }
        }
    }
}

/// One event of a stream.
struct Event {
    var id: String?
    var name: String?
    var retry: String?
    var data = ""

    /// Nil for a comment.
    init?(_ block: String) {
        if block.hasPrefix(":") { return nil }
        for line in block.split(separator: "\n") {
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            let value = String(line[colon...].dropFirst(2))
            switch line[..<colon] {
            case "id": id = value
            case "event": name = value
            case "retry": retry = value
            case "data": data = value
            default: break
            }
        }
    }

    var json: JSONValue? { try? JSONValue(parsing: data) }

    var method: String? { json?["method"]?.string }
}

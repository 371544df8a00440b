package import HTTPTypes
import Bytes
package import System

/// Why the server itself refuses a request. Each is answered, and the connection closed after it, since what follows
/// cannot be told from the rest of the refused request.
package enum RequestFault: Equatable, Sendable {
    case malformed(Flaw)
    case requestLineTooLong(bytesMax: Int)
    case headTooLarge(bytesMax: Int)
    case tooManyFields(max: Int)
    case bodyTooLarge(bytesMax: Int)
    case trailersTooLarge(bytesMax: Int)
    case headTooSlow(TimeSpan)
    case bodyTooSlow(TimeSpan)
    case unsupportedVersion
    case unknownMethod
    case unknownTransferCoding
    case unknownExpectation
    case tooManyConnections(max: Int)

    /// What breaks HTTP's grammar or makes the request's end ambiguous.
    package enum Flaw: Equatable, Sendable {
        case requestLine
        case requestTarget
        case lineEnd
        case fieldName
        case foldedField
        case fieldValue
        case missingHost
        case host
        case repeatedField
        case contentLength
        case contentLengthWithTransferEncoding
        case transferEncodingInOldVersion
        case chunk
        case trailer
    }

    package var status: Int {
        switch self {
        case .malformed: 400
        case .headTooSlow, .bodyTooSlow: 408
        case .bodyTooLarge: 413
        case .requestLineTooLong: 414
        case .unknownExpectation: 417
        case .headTooLarge, .tooManyFields, .trailersTooLarge: 431
        case .unknownMethod, .unknownTransferCoding: 501
        case .tooManyConnections: 503
        case .unsupportedVersion: 505
        }
    }

    /// For people: what is wrong, and what to do.
    package var message: String {
        switch self {
        case .malformed(let flaw): flaw.message
        case .requestLineTooLong(let max): "the request line is longer than \(max) bytes: shorten the URL"
        case .headTooLarge(let max): "the request's head is larger than \(max) bytes: send fewer or shorter headers"
        case .tooManyFields(let max): "the request has more than \(max) headers: send fewer"
        case .bodyTooLarge(let max): "the request's body is larger than \(max) bytes: send less at a time"
        case .trailersTooLarge(let max): "the request's trailers are larger than \(max) bytes: leave them out"
        case .headTooSlow(let span): "the request's head did not come within \(span.words): send it in one go"
        case .bodyTooSlow(let span): "the request's body did not come within \(span.words): send it faster"
        case .unsupportedVersion: "this server speaks HTTP/1.1 and HTTP/1.0: use one of them"
        case .unknownMethod: "the method is not known here: use GET, POST or another of RFC 9110"
        case .unknownTransferCoding: "the only Transfer-Encoding here is chunked: send the body so, or its length"
        case .unknownExpectation: "the only Expect here is 100-continue: leave the header out"
        case .tooManyConnections(let max): "all \(max) connections are taken: try again later"
        }
    }

    /// The answer, with the message as JSON's `{"error": …}`.
    package var answer: HTTPResponse {
        // The messages hold nothing that JSON escapes.
        let fields = HTTPFields([("Content-Type", "application/json")])
        return HTTPResponse(status: status, fields: fields, body: Array("{\"error\":\"\(message)\"}\n".utf8))
    }
}

extension RequestFault.Flaw {
    fileprivate var message: String {
        switch self {
        case .requestLine: "the request line is malformed: send METHOD, target and HTTP version with one space between"
        case .requestTarget: "the request's target is malformed: send an absolute path, characters percent-encoded"
        case .lineEnd: "a line of the request does not end with CR LF: end each with both"
        case .fieldName: "a header's name is malformed: it is a token with a colon right after it"
        case .foldedField: "a header is folded over two lines: send it in one"
        case .fieldValue: "a header's value holds a control character: leave it out"
        case .missingHost: "the Host header is missing: HTTP/1.1 asks for one"
        case .host: "the Host header is malformed: send a name or an address, and a port if it is not the usual one"
        case .repeatedField: "a header that has one value was sent twice: send it once"
        case .contentLength: "Content-Length is malformed: send one decimal number"
        case .contentLengthWithTransferEncoding: "Content-Length and Transfer-Encoding exclude each other: send one"
        case .transferEncodingInOldVersion: "HTTP/1.0 has no Transfer-Encoding: send Content-Length, or use HTTP/1.1"
        case .chunk: "the chunked body is malformed: send each chunk's size in hexadecimal and both line ends"
        case .trailer: "a trailer of the chunked body is malformed: leave the trailers out"
        }
    }
}

extension TimeSpan {
    fileprivate var words: String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}

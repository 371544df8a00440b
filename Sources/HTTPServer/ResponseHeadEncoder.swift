import Bytes

/// Writes the head of a response (RFC 9112 section 4) and the framing of its body.
enum ResponseHeadEncoder {
    enum Body {
        case length(Int)
        case chunked
        /// Up to the end of the connection.
        case untilClose
        /// The status allows none, so nothing is said of it.
        case none
    }

    enum Persistence {
        /// What the client expects without a word.
        case usual
        case close
        /// HTTP/1.0 asks to be told.
        case keepAlive
    }

    static func head(
        _ status: Int, _ fields: ResponseFields, date: [UInt8], _ body: Body, _ persistence: Persistence,
        into output: inout [UInt8]
    ) {
        output.append("HTTP/1.1 ")
        output.append(decimal: UInt64(min(max(status, 100), 999)))
        output.append(" ")
        output.append(reason(status))
        output.append("\r\n")
        output.append(copying: date.span)
        output.append(copying: fields.lines.span)
        switch body {
        case .length(let count):
            output.append("Content-Length: ")
            output.append(decimal: UInt64(count))
            output.append("\r\n")
        case .chunked: output.append("Transfer-Encoding: chunked\r\n")
        case .untilClose, .none: break
        }
        switch persistence {
        case .usual: output.append("\r\n")
        case .close: output.append("Connection: close\r\n\r\n")
        case .keepAlive: output.append("Connection: keep-alive\r\n\r\n")
        }
    }

    static func chunk(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
        output.append(hex: UInt64(bytes.count))
        output.append("\r\n")
        output.append(copying: bytes)
        output.append("\r\n")
    }

    static func lastChunk(into output: inout [UInt8]) { output.append("0\r\n\r\n") }

    static func goOn(into output: inout [UInt8]) { output.append("HTTP/1.1 100 Continue\r\n\r\n") }

    /// RFC 9110 sections 6.4.1 and 8.6.
    static func allowsBody(_ status: Int) -> Bool { status >= 200 && status != 204 && status != 304 }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        // The phrase may be empty; the space before it may not be left out.
        default: ""
        }
    }
}

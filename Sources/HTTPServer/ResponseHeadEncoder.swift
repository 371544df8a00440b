import Bytes
import HTTPTypes

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

    /// A field that is not well formed is left out: it could end its line and begin another.
    static func head(
        _ status: Int, _ fields: HTTPFields, date: [UInt8], _ body: Body, _ persistence: Persistence,
        into output: inout [UInt8]
    ) {
        output.append("HTTP/1.1 ")
        output.append(decimal: UInt64(min(max(status, 100), 999)))
        output.append(" ")
        output.append(HTTPStatus.reasonPhrase(status))
        output.append("\r\n")
        output.append(copying: date.span)
        for field in fields.lines where field.isWellFormed {
            output.append(field.name)
            output.append(": ")
            output.append(field.value)
            output.append("\r\n")
        }
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
}

package import HTTPTypes

/// What becomes of a request whose head has come.
package enum RequestDecision {
    /// The body is read, up to the server's limit, and the request handed on.
    case accept
    /// The same with a limit of its own, which may be lower or higher.
    case acceptBody(bytesMax: Int)
    /// The request is answered now and not handed on. Its body is dropped when it is short, otherwise the connection is
    /// closed after the answer.
    case answer(HTTPResponse)
}

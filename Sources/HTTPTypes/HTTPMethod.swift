/// What a request asks for (RFC 9110 section 9).
package enum HTTPMethod: Equatable, Sendable {
    case get
}

/// Who sent a request, as far as the transport knows. Its description hides the forwarded headers, so that printing
/// one by mistake shows nothing.
public struct Caller: Sendable {
    /// The same for all requests from one network, or of one session or connection where that is all that is known:
    /// tells clients apart where something is shared out.
    public let id: Int64
    /// Tells apart, as far as that can be known, those who share the id: the clients behind one address.
    public let member: Int64
    /// The value of the header that the transport hands on, where one is configured. Take it for a secret.
    public let forwardedHeader: String?
    /// The same of the header that tells which person the client acts for.
    public let personHeader: String?

    public init(id: Int64, member: Int64 = 0, forwardedHeader: String? = nil, personHeader: String? = nil) {
        self.id = id
        self.member = member
        self.forwardedHeader = forwardedHeader
        self.personHeader = personHeader
    }

    /// The one client of standard input and output, or of a command.
    public static let local = Caller(id: 0)

    /// Whether it is that one: no transport gives its id to another.
    public var isLocal: Bool { id == 0 }
}

extension Caller: CustomStringConvertible {
    public var description: String { "(caller)" }
}

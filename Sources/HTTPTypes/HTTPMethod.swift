/// What a request asks for (RFC 9110 section 9, RFC 5789). A server answers others with 501.
package enum HTTPMethod: Equatable, Sendable {
    case get, head, post, put, patch, delete, options, trace

    package var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        }
    }

    package init?(_ name: Span<UInt8>) {
        guard name.count <= 7 else { return nil }
        var packed: UInt64 = 0
        for index in name.indices { packed = packed << 8 | UInt64(name[index]) }
        switch packed {
        case 0x47_4554: self = .get
        case 0x48_4541_44: self = .head
        case 0x50_4F53_54: self = .post
        case 0x50_5554: self = .put
        case 0x50_4154_4348: self = .patch
        case 0x44_454C_4554_45: self = .delete
        case 0x4F_5054_494F_4E53: self = .options
        case 0x54_5241_4345: self = .trace
        default: return nil
        }
    }
}

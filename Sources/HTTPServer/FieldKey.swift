/// Names a field that the server looks for while it reads a head, so that finding it later compares no text.
package struct FieldKey: Equatable, Sendable {
    let index: UInt8

    init(index: UInt8) { self.index = index }

    private init(_ field: KnownField) { index = field.rawValue }

    static var unknown: FieldKey { FieldKey(index: .max) }

    package static var host: FieldKey { FieldKey(.host) }
    package static var contentLength: FieldKey { FieldKey(.contentLength) }
    package static var transferEncoding: FieldKey { FieldKey(.transferEncoding) }
    package static var connection: FieldKey { FieldKey(.connection) }
    package static var expect: FieldKey { FieldKey(.expect) }
    package static var contentType: FieldKey { FieldKey(.contentType) }
    package static var accept: FieldKey { FieldKey(.accept) }
    package static var origin: FieldKey { FieldKey(.origin) }
    package static var authorization: FieldKey { FieldKey(.authorization) }
    package static var acceptEncoding: FieldKey { FieldKey(.acceptEncoding) }
    package static var userAgent: FieldKey { FieldKey(.userAgent) }
    package static var lastEventID: FieldKey { FieldKey(.lastEventID) }
    package static var accessControlRequestMethod: FieldKey { FieldKey(.accessControlRequestMethod) }
    package static var accessControlRequestHeaders: FieldKey { FieldKey(.accessControlRequestHeaders) }
}

/// The fields of HTTP that have keys, numbered from 0.
enum KnownField: UInt8, CaseIterable {
    case host, contentLength, transferEncoding, connection, expect, contentType, accept, origin, authorization,
        acceptEncoding, userAgent, lastEventID, accessControlRequestMethod, accessControlRequestHeaders

    var name: String {
        switch self {
        case .host: "host"
        case .contentLength: "content-length"
        case .transferEncoding: "transfer-encoding"
        case .connection: "connection"
        case .expect: "expect"
        case .contentType: "content-type"
        case .accept: "accept"
        case .origin: "origin"
        case .authorization: "authorization"
        case .acceptEncoding: "accept-encoding"
        case .userAgent: "user-agent"
        case .lastEventID: "last-event-id"
        case .accessControlRequestMethod: "access-control-request-method"
        case .accessControlRequestHeaders: "access-control-request-headers"
        }
    }

    var repetition: FieldCatalog.Repetition {
        switch self {
        case .connection, .expect, .accept, .acceptEncoding, .accessControlRequestHeaders: .joined
        case .host, .contentLength, .transferEncoding, .contentType, .origin, .authorization, .userAgent, .lastEventID,
            .accessControlRequestMethod:
            .refused
        }
    }
}

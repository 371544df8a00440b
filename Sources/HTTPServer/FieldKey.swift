/// Names a field that the server looks for while it reads a head, so that finding it later compares no text.
package struct FieldKey: Equatable, Sendable {
    let index: UInt8

    static var unknown: FieldKey { FieldKey(index: .max) }

    package static var host: FieldKey { FieldKey(index: 0) }
    package static var contentLength: FieldKey { FieldKey(index: 1) }
    package static var transferEncoding: FieldKey { FieldKey(index: 2) }
    package static var connection: FieldKey { FieldKey(index: 3) }
    package static var expect: FieldKey { FieldKey(index: 4) }
    package static var contentType: FieldKey { FieldKey(index: 5) }
    package static var accept: FieldKey { FieldKey(index: 6) }
    package static var origin: FieldKey { FieldKey(index: 7) }
    package static var authorization: FieldKey { FieldKey(index: 8) }
    package static var acceptEncoding: FieldKey { FieldKey(index: 9) }
    package static var userAgent: FieldKey { FieldKey(index: 10) }
    package static var lastEventID: FieldKey { FieldKey(index: 11) }
    package static var accessControlRequestMethod: FieldKey { FieldKey(index: 12) }
    package static var accessControlRequestHeaders: FieldKey { FieldKey(index: 13) }
}

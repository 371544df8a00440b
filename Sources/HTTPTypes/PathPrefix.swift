import Bytes

/// What a reverse proxy takes off the front of paths.
public struct PathPrefix: Equatable, Sendable {
    /// With a slash in front and none at the end; empty for nothing.
    public let text: String

    /// Nil for what is no path, or could be taken for the beginning of another host's URL.
    public init?(_ given: String) {
        var bytes = Array(given.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= PathPrefix.bytesMax,
            bytes.count == 1 || bytes[1] != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0.isASCIILetterOrDigit || "/-._~%".utf8.contains($0) })
        else { return nil }
        if bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        text = String(decoding: bytes, as: UTF8.self)
    }

    private static let bytesMax = 256
}

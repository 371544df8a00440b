import Bytes

/// How clients see the names of arguments that have dots at TMDB: some refuse a server that has any.
package enum ArgumentSpelling: Sendable {
    case dots, underscores

    /// A text of this server's with all such names in it as clients see them.
    func shown(_ text: String) -> String {
        if self == .dots { return text }
        var bytes = Array(text.utf8)
        for end in bytes.indices.dropFirst(3) where bytes[end - 3] == UInt8(ascii: ".") {
            let isBound = bytes[end - 2] == UInt8(ascii: "g") || bytes[end - 2] == UInt8(ascii: "l")
            if isBound, bytes[end - 1] == UInt8(ascii: "t"), bytes[end] == UInt8(ascii: "e") {
                bytes[end - 3] = UInt8(ascii: "_")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Protects text that a client keeps and hands back: it can read the text, but not change it, nor give it to another
/// tool.
///
/// The sealed form is the code in hexadecimal digits, a full stop, and the text. It does not expire, and is not bound
/// to a user, since tests have no users; a server with secrets would put both into the text.
public struct StateSeal {
    public static let keyBytes = 32

    private let key: [UInt8]

    public init(key: [UInt8]) {
        assert(key.count == StateSeal.keyBytes)
        self.key = key
    }

    public func sealed(_ text: String, for name: String) -> String { "\(code(text, name)).\(text)" }

    /// The text, or nil when this key did not seal it for that name.
    public func opened(_ sealed: String, for name: String) -> String? {
        // In bytes: the text may begin with a mark that would make one character with the full stop.
        let bytes = sealed.utf8
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let text = String(Substring(bytes[bytes.index(after: point)...]))
        return StateSeal.isSame(code(text, name).utf8, bytes[..<point]) ? text : nil
    }

    /// No name holds a byte of zero, so that each pair has its own bytes.
    private func code(_ text: String, _ name: String) -> String {
        HMACSHA256.code(Array(name.utf8) + [0] + Array(text.utf8), key: key).hexadecimal
    }

    /// Takes as long for a wrong code as for the right one, so that its time tells nobody how much of it is right.
    private static func isSame(_ code: String.UTF8View, _ given: Substring.UTF8View) -> Bool {
        guard code.count == given.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(code, given) { difference |= left ^ right }
        return difference == 0
    }
}

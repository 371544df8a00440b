import Bytes

/// One field line of a head: a name and its value (RFC 9110 section 5).
package struct HTTPField: Equatable, Sendable {
    package let name: String
    package let value: String
    /// Whether the field may be sent: the name is a token (RFC 9110 section 5.6.2), and the value holds no control
    /// character but the tab (section 5.5), so that it cannot end its line and begin another.
    package let isWellFormed: Bool

    package init(name: String, value: String) {
        self.name = name
        self.value = value
        isWellFormed =
            !name.isEmpty && name.utf8.allSatisfy(ByteClass.isToken) && value.utf8.allSatisfy(ByteClass.isValue)
    }

    /// Field names are equal whatever the case of their ASCII letters.
    package func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}

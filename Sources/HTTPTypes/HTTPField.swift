import Bytes

/// One field line of a head: a name and its value (RFC 9110 section 5).
package struct HTTPField: Equatable, Sendable {
    package let name: String
    package let value: String
    /// Whether it was found to be well-formed when it was made.
    private let isFoundWellFormed: Bool

    @inline(never)  // would be copied into each caller
    package init(name: String, value: String) {
        self.name = name
        self.value = value
        isFoundWellFormed = HTTPField.isWellFormed(name, value)
    }

    /// One that has come, and is seldom sent: looked at when it is.
    package init(received name: String, value: String) {
        self.name = name
        self.value = value
        isFoundWellFormed = false
    }

    /// Whether the field may be sent: the name is a token (RFC 9110 section 5.6.2), and the value holds no control
    /// character but the tab (section 5.5), so that it cannot end its line and begin another.
    package var isWellFormed: Bool { isFoundWellFormed || HTTPField.isWellFormed(name, value) }

    private static func isWellFormed(_ name: String, _ value: String) -> Bool {
        !name.isEmpty && name.allBytes(are: ByteClass.isToken) && value.allBytes(are: ByteClass.isValue)
    }

    package static func == (one: HTTPField, other: HTTPField) -> Bool {
        one.name == other.name && one.value == other.value
    }

    /// Field names are equal whatever the case of their ASCII letters.
    @inline(never)  // would be copied into each caller
    package func isNamed(_ other: String) -> Bool {
        let bytes = name.utf8.span
        let others = other.utf8.span
        guard bytes.count == others.count else { return false }
        for index in bytes.indices where bytes[index].asciiLowercased != others[index].asciiLowercased { return false }
        return true
    }
}

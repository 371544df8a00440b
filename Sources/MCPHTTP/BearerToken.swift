import Bytes

/// The token that lets clients in (RFC 6750).
package struct BearerToken {
    package enum Decision {
        case granted, missing, wrong
    }

    private let token: [UInt8]

    /// Nil for an empty token, which would let everyone in.
    package init?(_ token: [UInt8]) {
        if token.isEmpty { return nil }
        self.token = token
    }

    /// Checks the value of an Authorization field. The scheme's case does not count (RFC 9110, section 11.1).
    package func check(_ field: Span<UInt8>) -> Decision {
        let scheme = "bearer ".utf8
        guard field.count >= scheme.count else { return .missing }
        var start = 0
        for expected in scheme {
            guard field[start].asciiLowercased == expected else { return .missing }
            start += 1
        }
        while start < field.count, field[start] == 32 { start += 1 }
        return matches(field.extracting(droppingFirst: start)) ? .granted : .wrong
    }

    /// How long it takes depends on what was sent alone, not on how much of it is right.
    package func matches(_ given: Span<UInt8>) -> Bool {
        var difference: UInt8 = given.count == token.count ? 0 : 1
        var index = 0
        for position in given.indices {
            difference |= given[position] ^ token[index]
            index += 1
            if index == token.count { index = 0 }
        }
        return difference == 0
    }
}

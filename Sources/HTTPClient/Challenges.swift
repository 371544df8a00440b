import Bytes

/// The ways to authenticate that a field such as Proxy-Authenticate offers (RFC 9110 section 11.6.1).
enum Challenges {
    /// Names of schemes, each once, in their order, at most `HTTPClientLimits.schemesMax`.
    /// Those that are no short words of ASCII are left out: they are shown to people.
    static func schemes(_ values: [String]) -> [String] {
        var schemes: [String] = []
        for item in values.flatMap({ items($0) }) {
            let name = item.prefix { !$0.isSpaceOrTab && $0 != UInt8(ascii: "=") }
            let rest = item[name.endIndex...].drop { $0.isSpaceOrTab }
            // What an equals sign follows is a parameter of the scheme before it.
            guard !name.isEmpty, rest.first != UInt8(ascii: "="), name.count <= HTTPClientLimits.schemeBytesMax,
                name.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") })
            else { continue }
            let text = String(decoding: name, as: UTF8.self)
            if !schemes.contains(text), schemes.count < HTTPClientLimits.schemesMax { schemes.append(text) }
        }
        return schemes
    }

    /// Names of schemes are equal whatever the case of their letters.
    static func isBasic(_ scheme: String) -> Bool { scheme.asciiLowercased == "basic" }

    /// What stands between commas that are not in quotation marks.
    private static func items(_ value: String) -> [ArraySlice<UInt8>] {
        var items: [ArraySlice<UInt8>] = []
        var item: [UInt8] = []
        var isQuoted = false
        var isEscaped = false
        for byte in value.utf8 {
            if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && byte == UInt8(ascii: "\\") && !isEscaped
            if byte == UInt8(ascii: ","), !isQuoted {
                items.append(item.drop { $0.isSpaceOrTab })
                item = []
            } else {
                item.append(byte)
            }
        }
        items.append(item.drop { $0.isSpaceOrTab })
        return items
    }
}

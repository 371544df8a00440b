import Bytes

/// The form of TMDB's keys, and what people take for a part of one.
enum KeyForm {
    /// What it must be instead, after "must be"; nil where nothing is known to be wrong. The text may be a secret, and
    /// is not spoken of.
    static func flaw(of text: String) -> String? {
        let bytes = Array(text.utf8)
        if isPlaceholder(text) { return "a key, not a word or a name that something should have replaced by one" }
        if hasOddQuotes(text) { return "the key alone, without quotation marks around it" }
        let small = Array(text.asciiLowercased.utf8)
        if small.starts(with: "bearer".utf8), bytes.count > 6, !isTokenByte(bytes[6]) {
            return "the token alone, without the word Bearer before it"
        }
        for name in ["authorization:", "x-tmdb-api-key:", "api_key:", "tmdb_api_key:", "--tmdb-api-key"]
        where small.starts(with: name.utf8) {
            return "the key alone: what stands behind \(name)"
        }
        let name = Array("api_key=".utf8)
        if small.indices.contains(where: { small[$0...].starts(with: name) }) {
            return "the key alone: what stands behind api_key="
        }
        if text.unicodeScalars.contains(where: { $0.isHidden || $0.changesDirection || isUnseen($0) }) {
            return "the key alone, without the characters in it that nobody sees: copy it again, or type it"
        }
        if bytes.contains(UInt8(ascii: ",")) || bytes.contains(UInt8(ascii: ";")) {
            return "one key alone, without the comma or the semicolon in it"
        }
        return nil
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0xAD, 0x200B...0x200D, 0x2028, 0x2029, 0x202F, 0x3000: true
        default: false
        }
    }

    /// Whether it is what stands in an example, or what a program should have put a key in place of.
    private static func isPlaceholder(_ text: String) -> Bool {
        let marks: [String] = ["$", "<", "{", "%", "[", "op://", "..."]
        if marks.contains(where: { text.utf8.starts(with: $0.utf8) }) { return true }
        if isKnown(text) { return false }
        let letters = text.utf8.filter { $0.isASCIILetterOrDigit }.map { $0.asciiLowercased }
        let beginnings: [String] = [
            "your", "insert", "enter", "paste", "replace", "putyour", "changeme", "placeholder", "xxxx", "dein",
            "votre",
        ]
        let words: [String] = [
            "apikey", "tmdbkey", "tmdbapikey", "myapikey", "mytmdbapikey", "null", "nil", "none", "undefined", "todo",
            "example", "xxx",
        ]
        return beginnings.contains { letters.starts(with: $0.utf8) }
            || words.contains { letters.elementsEqual($0.utf8) }
    }

    /// Whether it has the form of a v3 key, 32 hexadecimal digits, or of a v4 read access token, three parts of
    /// base64url joined by dots (RFC 7515 section 7.1).
    static func isKnown(_ text: String) -> Bool {
        let bytes = text.utf8
        if bytes.count == 32, bytes.allSatisfy({ $0.isHexDigit }) { return true }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isTokenByte) }
    }

    /// Those of ASCII are refused with every setting.
    private static func hasOddQuotes(_ text: String) -> Bool {
        ["`", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}"].contains {
            text.utf8.starts(with: $0.utf8) || text.utf8.reversed().starts(with: $0.utf8.reversed())
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}

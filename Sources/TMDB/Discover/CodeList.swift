import Bytes

/// Codes of two letters, one or several parted by "," or by "|".
enum CodeList {
    /// - Parameter isLanguages: whether they are languages, which must be known; else countries.
    static func isWellFormed(_ text: String, isLanguages: Bool = false) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count % 3 == 2, bytes.count < 3 * TMDBLimits.termsMax else { return false }
        for (position, byte) in bytes.enumerated() {
            switch position % 3 {
            case 0:
                let next = bytes[position + 1]
                guard isLanguages ? LanguageTag.isCode(byte, next) : byte.isASCIIUppercase && next.isASCIIUppercase
                else {
                    return false
                }
            case 2: guard byte == bytes[2], byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") else { return false }
            default: break
            }
        }
        return true
    }

    /// Countries as codes in uppercase without whitespace, also for names such as "UK" and "Germany".
    static func regions(_ text: String) -> String {
        var codes: [UInt8] = []
        var item: [UInt8] = []
        let add = {
            let name = String(decoding: item, as: UTF8.self).trimmed
            codes += (CountryNames.code(of: name) ?? name.asciiUppercased).utf8
            item = []
        }
        for byte in text.utf8 {
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "|") {
                add()
                codes.append(byte)
            } else {
                item.append(byte)
            }
        }
        add()
        return String(decoding: codes, as: UTF8.self)
    }

    /// Languages in lowercase letters without whitespace. Any of them is meant, since a title has one only.
    static func languages(_ text: String) -> String {
        let bytes = text.utf8.filter { $0 != 0x20 }.map { byte in
            byte == UInt8(ascii: ",") ? UInt8(ascii: "|") : byte.asciiLowercased
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

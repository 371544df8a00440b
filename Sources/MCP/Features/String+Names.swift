import Bytes

extension String {
    /// In lowercase letters, with "_" between the words.
    var wordBytes: [UInt8] {
        utf8.map { byte in
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: " "): UInt8(ascii: "_")
            default: byte.asciiLowercased
            }
        }
    }

    /// Whether another name is this one, perhaps as it is written where names have no dots.
    ///
    /// - Parameter upToDot: whether it is what comes before a dot in it.
    func isName(_ other: String, upToDot: Bool = false) -> Bool {
        let own = Array(utf8)
        let other = Array(other.utf8)
        let dot = UInt8(ascii: ".")
        guard upToDot ? own.count > other.count && own[other.count] == dot : own.count == other.count else {
            return false
        }
        for index in other.indices where own[index] != other[index] {
            guard own[index] == dot, other[index] == UInt8(ascii: "_") || other[index] == UInt8(ascii: "-") else {
                return false
            }
        }
        return true
    }
}

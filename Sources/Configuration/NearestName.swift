/// The name that was meant, perhaps.
package enum NearestName {
    /// The candidate that the fewest slips lead from: a letter changed, added, left out, or swapped with the next.
    ///
    /// - Parameter percent: how many slips there may be, of the letters of the longer name.
    package static func among(_ candidates: [String], to name: String, percent: Int) -> String? {
        guard name.utf8.count <= 2 * ConfigurationLimits.nameBytesMax else { return nil }
        let bytes = Array(name.utf8)
        var best: (name: String, slips: Int)?
        for candidate in candidates {
            let other = Array(candidate.utf8)
            let slips = slips(from: bytes, to: other)
            let isNear = slips * 100 <= percent * max(bytes.count, other.count)
            if isNear && slips < best?.slips ?? .max { best = (candidate, slips) }
        }
        return best?.name
    }

    /// The distance of Damerau and Levenshtein between adjacent letters, over bytes.
    private static func slips(from one: [UInt8], to other: [UInt8]) -> Int {
        var above: [Int] = []
        var row = Array(0...other.count)
        for (position, byte) in one.enumerated() {
            var next = [position + 1]
            for (column, otherByte) in other.enumerated() {
                var least = min(row[column] + (byte == otherByte ? 0 : 1), row[column + 1] + 1, next[column] + 1)
                if position > 0, column > 0, byte == other[column - 1], one[position - 1] == otherByte {
                    least = min(least, above[column - 1] + 1)
                }
                next.append(least)
            }
            above = row
            row = next
        }
        return row[other.count]
    }
}

package import JSON

/// What makes two requests the same: whose credential, which path, which parameters in whatever order. The language is
/// one of the parameters.
package struct RequestKey: Hashable {
    /// The credential's number, the path, and names and values by the order of the names, each ended by a byte that no
    /// UTF-8 has.
    let bytes: [UInt8]

    package init(credentialNumber: Int64, path: String, query: [(name: String, value: String)]) {
        var bytes = RequestKey.beginning(credentialNumber, path)
        var order: [Int] = []
        order.reserveCapacity(query.count)
        for index in query.indices {
            // Few parameters, and mostly in order already.
            var place = order.count
            while place > 0, RequestKey.isBefore(query[index].name, query[order[place - 1]].name) { place -= 1 }
            order.insert(index, at: place)
        }
        for index in order {
            RequestKey.append(query[index].name, to: &bytes)
            RequestKey.append(query[index].value, to: &bytes)
        }
        self.bytes = bytes
    }

    /// Of what is made of responses: a name, which begins with no slash as paths do, and the arguments.
    package init(credentialNumber: Int64, result name: String, arguments: JSONObject) {
        var bytes = RequestKey.beginning(credentialNumber, name)
        JSONValue.object(arguments).write(into: &bytes)
        self.bytes = bytes
    }

    private static func beginning(_ credentialNumber: Int64, _ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        var number = UInt64(bitPattern: credentialNumber)
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: number))
            number >>= 8
        }
        append(name, to: &bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0xFF)
    }

    private static func isBefore(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}

import HTTPTypes

/// Origins or hosts that may be named by a request.
package enum AllowList: Equatable, Sendable {
    case everything
    /// In lowercase letters, an origin without the port that its scheme has anyway: as browsers send them.
    case only([String])

    /// Why a list is refused: its first wrong item.
    package struct Refusal: Error, Equatable {
        package let item: String
    }

    /// - Parameter items: `*` alone, or each `scheme://host[:port]` (RFC 6454, section 6.2).
    package init(origins items: [String]) throws(Refusal) {
        self = try AllowList(items) { WebOrigin($0)?.text }
    }

    /// - Parameter items: `*` alone, or each `host[:port]` (RFC 9110, section 7.2).
    package init(hosts items: [String]) throws(Refusal) {
        self = try AllowList(items) { Authority($0)?.text }
    }

    private init(_ items: [String], _ canonical: (String) -> String?) throws(Refusal) {
        if items.count == 1 && items.first == "*" {
            self = .everything
            return
        }
        var list: [String] = []
        for item in items {
            guard item.utf8.count <= ConfigurationLimits.itemBytesMax, let text = canonical(item),
                list.count < ConfigurationLimits.itemsMax
            else { throw Refusal(item: item) }
            list.append(text)
        }
        self = .only(list)
    }
}

package import HTTPTypes

/// The settings of one run, checked.
package struct Configuration {
    /// Nil when none is set: the server starts all the same, and says so when a tool is called.
    package let apiKey: Secret?
    package let baseURL: BaseURL
    /// How long one request to TMDB may take in all, in milliseconds.
    package let timeoutMilliseconds: Int
    /// A PEM file to trust instead of the built-in roots.
    package let caFile: String?

    /// Reads the settings and reports every mistake at once. A variable that is set to nothing counts as not set.
    ///
    /// - Parameter environment: gives the value of a variable. Proxies are not read here but by libcurl, by its own
    ///   rules.
    package init(environment: (String) -> String?) throws(ConfigurationError) {
        var problems: [ConfigurationError.Problem] = []
        func value(_ setting: Setting) -> String? {
            guard let text = environment(setting.variable)?.trimmed, !text.isEmpty else { return setting.defaultText }
            return text
        }

        if let key = value(.apiKey), !key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            problems.append(
                .init(setting: .apiKey, allowed: "a v3 key or a v4 token, without blanks or other signs in it"))
        }
        let url = value(.baseURL).flatMap { BaseURL($0) }
        if url == nil {
            let allowed = "an http or https URL without user, query or fragment, such as https://api.themoviedb.org/3"
            problems.append(.init(setting: .baseURL, allowed: allowed))
        }
        let seconds = value(.timeout).flatMap { Int($0) }.flatMap { (1...300).contains($0) ? $0 : nil }
        if seconds == nil {
            problems.append(.init(setting: .timeout, allowed: "a whole number of seconds from 1 to 300"))
        }
        guard problems.isEmpty, let url, let seconds else { throw ConfigurationError(problems: problems) }
        apiKey = value(.apiKey).map { Secret($0) }
        baseURL = url
        timeoutMilliseconds = seconds * 1000
        caFile = value(.caFile)
    }
}

extension String {
    /// Without the blanks and line ends that copying a key or reading it from a file brings along.
    fileprivate var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        let tail = utf8.drop(while: isBlank)
        let end = tail.lastIndex { !isBlank($0) }
        guard let end else { return "" }
        return String(Substring(tail[...end]))
    }
}

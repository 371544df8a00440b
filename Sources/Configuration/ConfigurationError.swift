/// All that is wrong with the settings.
package struct ConfigurationError: Error, Equatable {
    package struct Problem: Equatable, Sendable {
        package let setting: Setting
        /// What is allowed, after "must be". The value itself is not repeated: it may be a secret in the wrong place.
        package let allowed: String
    }

    package let problems: [Problem]

    /// One line a problem.
    package var lines: [String] { problems.map { "\($0.setting.variable) must be \($0.allowed)" } }
}

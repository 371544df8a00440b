import Bytes

/// Where a value came from.
package enum Source: Equatable, Sendable {
    case flag(String)
    case variable(String)
    /// The file that a variable names.
    case secretFile(variable: String)
    /// What systemd hands to the service under this name.
    case credential(String)
    /// A line of the config file, counted from 1, and the key there.
    case file(path: String, line: Int, key: String)
    case standard
}

extension Source: CustomStringConvertible {
    /// As messages begin with it.
    package var description: String {
        switch self {
        case .flag(let name), .variable(let name): name
        case .secretFile(let variable): "the content of the file in \(variable)"
        case .credential(let name): "the content of the credential \(name)"
        case .file(let path, let line, let key): "\(path):\(line): \(key)"
        case .standard: "the default"
        }
    }
}

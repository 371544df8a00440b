/// What the command line asks for.
package enum Command: Equatable, Sendable {
    case serve
    case help
    case version

    /// An argument that there is none of.
    package struct Misuse: Error, Equatable {
        /// Up to an equals sign: what follows may be a key.
        private let name: String

        /// TMDB's keys have 32 bytes and more; the longest name that a person means has fewer.
        private static let nameBytesMax = 24

        fileprivate init(argument: String) {
            name = String(Substring(argument.utf8.prefix { $0 != UInt8(ascii: "=") }))
        }

        package var message: String {
            name.utf8.count <= Misuse.nameBytesMax
                ? "unknown argument \"\(name)\"" : "unknown argument of \(name.utf8.count) bytes"
        }
    }

    /// - Parameter arguments: without the program's name.
    package init(_ arguments: [String]) throws(Misuse) {
        var command = Command.serve
        for argument in arguments {
            switch argument {
            case "-h", "--help": command = .help
            case "-V", "--version": if command != .help { command = .version }
            default: throw Misuse(argument: argument)
            }
        }
        self = command
    }
}

/// What the command line asks for.
package enum Command: Equatable, Sendable {
    case serve
    case help
    case version
}

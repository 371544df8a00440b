package import System

/// A file that a key or a token came from, or would come from.
package struct SecretFile: Sendable {
    package let path: String
    /// Its state right before it was read: what was written since shows.
    package let stamp: FileStamp?

    init(path: String) {
        self.path = path
        stamp = FileStamp(path: path)
    }
}

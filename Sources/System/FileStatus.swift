import CSystem

/// Whose a file is, and who may do what with it.
package struct FileStatus: Equatable, Sendable {
    package let owner: UInt32
    package let group: UInt32
    /// The twelve lowest bits of the mode.
    package let permissions: UInt32

    /// Of the file at the path, or of what a symbolic link there leads to.
    package init(path: String) throws(SystemError) {
        var owner: uid_t = 0
        var group: gid_t = 0
        var mode: mode_t = 0
        // SAFETY: the path lives until the closure returns; the call writes to the three variables only.
        let result = unsafe path.withCString { unsafe csystem_owner_and_mode($0, &owner, &group, &mode) }
        guard result == 0 else { throw SystemError(failed: "stat") }
        self.owner = owner
        self.group = group
        permissions = mode & 0o7777
    }

    package var isReadableByOthers: Bool { permissions & 0o044 != 0 }
}

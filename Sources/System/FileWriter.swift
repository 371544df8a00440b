import Bytes
import CSystem

/// Writes small files whole, at the start of the program: it waits for the disk.
package enum FileWriter {
    /// Puts a file with these contents in the place of the one at the path, or where there is none. Only its owner may
    /// read and write it. Readers find the old file or the new one, also after a power cut.
    ///
    /// - Parameters:
    ///   - path: of the file itself: a symbolic link there would be replaced.
    ///   - owner: whom the file is given, when another than who runs this program; refused with EPERM to most.
    package static func replace(
        path: String, contents: [UInt8], owner: FileStatus?
    ) throws(SystemError) {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let suffix = try SystemRandom.bytes(count: 4).reduce(into: "") { $0 += "\($1)" }
        let temporary = folder(of: path) + "/.\(name).\(suffix)"
        // SAFETY: open copies the path, which lives until the closure returns.
        let number = unsafe temporary.withCString { unsafe csystem_create($0) }
        guard number >= 0 else { throw SystemError(failed: "open") }
        do throws(SystemError) {
            try fill(Descriptor(adopting: number), contents, owner)
            // SAFETY: rename copies both paths, which live until the closures return.
            let result = unsafe temporary.withCString { from in
                unsafe path.withCString { to in unsafe rename(from, to) }
            }
            guard result == 0 else { throw SystemError(failed: "rename") }
        } catch {
            // SAFETY: unlink copies the path, which lives until the closure returns.
            _ = unsafe temporary.withCString { unsafe unlink($0) }
            throw error
        }
        synchronize(folder: folder(of: path))
    }

    /// Makes a folder that only its owner may use. One that is there already is left as it is.
    package static func makeFolder(path: String) throws(SystemError) {
        // SAFETY: mkdir copies the path, which lives until the closure returns.
        let result = unsafe path.withCString { unsafe mkdir($0, 0o700) }
        guard result == 0 || csystem_errno() == EEXIST else { throw SystemError(failed: "mkdir") }
    }

    /// Where the file at the path really is: without symbolic links. ENOENT when there is none, or a link leads
    /// nowhere.
    package static func resolve(path: String) throws(SystemError) -> String {
        // SAFETY: realpath copies the path and returns a new terminated string, freed here after it is copied.
        guard let resolved = unsafe path.withCString({ unsafe realpath($0, nil) }) else {
            throw SystemError(failed: "realpath")
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Whether there is a symbolic link at the path.
    package static func isLink(path: String) -> Bool {
        var target: CChar = 0
        // SAFETY: readlink writes at most the one byte that it is told of.
        return unsafe path.withCString { unsafe readlink($0, &target, 1) } >= 0
    }

    /// The folder that a path names a file in.
    package static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }

    private static func fill(
        _ file: consuming Descriptor, _ contents: [UInt8], _ owner: FileStatus?
    ) throws(SystemError) {
        var rest = contents[...]
        while !rest.isEmpty {
            guard case .bytes(let count) = try DescriptorIO.write(file.number, Array(rest).span), count > 0 else {
                throw SystemError(call: "write", code: ENOSPC)
            }
            rest = rest.dropFirst(count)
        }
        if let owner, owner.owner != geteuid() {
            guard fchown(file.number, owner.owner, owner.group) == 0 else { throw SystemError(failed: "fchown") }
        }
        guard fsync(file.number) == 0 else { throw SystemError(failed: "fsync") }
    }

    /// Makes the new name last. Some file systems refuse it for folders; the file itself is written then.
    private static func synchronize(folder path: String) {
        // SAFETY: open copies the path, which lives until the closure returns.
        let number = unsafe path.withCString { unsafe csystem_open_folder($0) }
        guard number >= 0 else { return }
        let folder = Descriptor(adopting: number)
        _ = fsync(folder.number)
    }
}

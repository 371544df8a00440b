/// Decides when files that may have changed are to be read again. Does no I/O and knows no clock.
///
/// A file that takes another's place, by a rename or a turned link, is whole. One that is written where it stands, or
/// that is missing, may be half of something: it is left alone until two looks have found the same.
package struct FileChanges {
    package enum Action: Equatable, Sendable {
        case none
        /// Something is being written: look again a while later.
        case lookAgain
        /// Read the files: those with these places in the list have changed.
        case read([Int])
    }

    private var taken: [FileStamp?]
    /// What the look before found, where it was not taken.
    private var waiting: [FileStamp?]?

    /// - Parameter taken: the state in which the files were read; nil for one that was not there.
    package init(taken: [FileStamp?]) { self.taken = taken }

    /// Takes what a look has found, of as many files as before.
    package mutating func compare(_ found: [FileStamp?]) -> Action {
        guard found != taken else {
            waiting = nil
            return .none
        }
        guard found == waiting || isWhole(found) else {
            waiting = found
            return .lookAgain
        }
        return .read(settle(found))
    }

    /// Somebody says that the files are as they shall be. Returns the places of those that have changed.
    package mutating func settle(_ found: [FileStamp?]) -> [Int] {
        let changed = zip(found, taken).enumerated().compactMap { $1.0 == $1.1 ? nil : $0 }
        taken = found
        waiting = nil
        return changed
    }

    private func isWhole(_ found: [FileStamp?]) -> Bool {
        zip(found, taken).allSatisfy { new, old in
            if new == old { return true }
            guard let new else { return false }
            return old.map { !new.isSameFile(as: $0) } ?? true
        }
    }
}

import CSystem

/// Owns a file descriptor and closes it at the end of its life.
///
/// The number may be taken again as soon as it is closed: deregister it from the loop first. Stays within this module:
/// Embedded Swift (6.3) cannot destroy a noncopyable value of another module's package type.
struct Descriptor: ~Copyable {
    let number: Int32

    /// Takes over a number that nobody else closes.
    init(adopting number: Int32) {
        self.number = number
    }

    deinit {
        // Linux has freed the number even when close was interrupted: a second close could hit another file.
        _ = close(number)
    }
}

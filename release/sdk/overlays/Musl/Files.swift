@_exported import SwiftMusl

/// The error of the thread's last call that failed.
public var errno: Int32 {
    get { unsafe swift_musl_errno().pointee }
    set { unsafe swift_musl_errno().pointee = newValue }
}

public var stdin: OpaquePointer! { unsafe swift_musl_stdin() }
public var stdout: OpaquePointer! { unsafe swift_musl_stdout() }
public var stderr: OpaquePointer! { unsafe swift_musl_stderr() }

public var environ: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>! { unsafe swift_musl_environ() }

public func open(_ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 { unsafe swift_musl_open(path, flags, 0) }

public func open(_ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 {
    unsafe swift_musl_open(path, flags, mode)
}

public func openat(_ folder: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
    unsafe swift_musl_openat(folder, path, flags, 0)
}

public func openat(_ folder: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 {
    unsafe swift_musl_openat(folder, path, flags, mode)
}

public func fcntl(_ descriptor: Int32, _ command: Int32) -> Int32 { swift_musl_fcntl(descriptor, command, 0) }

public func fcntl(_ descriptor: Int32, _ command: Int32, _ value: Int32) -> Int32 {
    swift_musl_fcntl(descriptor, command, UInt(bitPattern: Int(value)))
}

public func fcntl(_ descriptor: Int32, _ command: Int32, _ value: UnsafeMutableRawPointer) -> Int32 {
    swift_musl_fcntl(descriptor, command, UInt(bitPattern: value))
}

public func ioctl(_ descriptor: Int32, _ request: UInt) -> Int32 { swift_musl_ioctl(descriptor, request, 0) }

public func ioctl(_ descriptor: Int32, _ request: UInt, _ value: CInt) -> Int32 {
    swift_musl_ioctl(descriptor, request, UInt(bitPattern: Int(value)))
}

public func ioctl(_ descriptor: Int32, _ request: UInt, _ value: UnsafeMutableRawPointer) -> Int32 {
    swift_musl_ioctl(descriptor, request, UInt(bitPattern: value))
}

// Their type in C depends on the header: `int` as macros of musl, `unsigned long` of the kernel.
public func ioctl(_ descriptor: Int32, _ request: Int32) -> Int32 {
    swift_musl_ioctl(descriptor, UInt(UInt32(bitPattern: request)), 0)
}

public func ioctl(_ descriptor: Int32, _ request: Int32, _ value: CInt) -> Int32 {
    swift_musl_ioctl(descriptor, UInt(UInt32(bitPattern: request)), UInt(bitPattern: Int(value)))
}

public func ioctl(_ descriptor: Int32, _ request: Int32, _ value: UnsafeMutableRawPointer) -> Int32 {
    swift_musl_ioctl(descriptor, UInt(UInt32(bitPattern: request)), UInt(bitPattern: value))
}

public func syscall(
    _ number: Int, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0
) -> Int { swift_musl_syscall(number, a, b, c, d, e, f) }

public func prctl(_ option: Int32, _ a: UInt = 0, _ b: UInt = 0, _ c: UInt = 0, _ d: UInt = 0) -> Int32 {
    swift_musl_prctl(option, a, b, c, d)
}

public func sem_open(_ name: UnsafePointer<CChar>, _ flags: Int32) -> UnsafeMutablePointer<sem_t>! {
    unsafe swift_musl_sem_open(name, flags, 0, 0)
}

public func sem_open(
    _ name: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t, _ value: CUnsignedInt
) -> UnsafeMutablePointer<sem_t>! { unsafe swift_musl_sem_open(name, flags, mode, value) }

// What stat tells of a file.
public var S_IFMT: mode_t { 0o170000 }
public var S_IFIFO: mode_t { 0o010000 }
public var S_IFCHR: mode_t { 0o020000 }
public var S_IFDIR: mode_t { 0o040000 }
public var S_IFBLK: mode_t { 0o060000 }
public var S_IFREG: mode_t { 0o100000 }
public var S_IFLNK: mode_t { 0o120000 }
public var S_IFSOCK: mode_t { 0o140000 }
public var S_ISUID: mode_t { 0o4000 }
public var S_ISGID: mode_t { 0o2000 }
public var S_ISVTX: mode_t { 0o1000 }
public var S_IRWXU: mode_t { 0o700 }
public var S_IRUSR: mode_t { 0o400 }
public var S_IWUSR: mode_t { 0o200 }
public var S_IXUSR: mode_t { 0o100 }
public var S_IRWXG: mode_t { 0o070 }
public var S_IRGRP: mode_t { 0o040 }
public var S_IWGRP: mode_t { 0o020 }
public var S_IXGRP: mode_t { 0o010 }
public var S_IRWXO: mode_t { 0o007 }
public var S_IROTH: mode_t { 0o004 }
public var S_IWOTH: mode_t { 0o002 }
public var S_IXOTH: mode_t { 0o001 }

public func S_ISFIFO(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFIFO }
public func S_ISCHR(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFCHR }
public func S_ISDIR(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFDIR }
public func S_ISBLK(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFBLK }
public func S_ISREG(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFREG }
public func S_ISLNK(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFLNK }
public func S_ISSOCK(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFSOCK }

public func FD_ZERO(_ set: UnsafeMutablePointer<fd_set>) { unsafe swift_musl_fd_zero(set) }
public func FD_SET(_ descriptor: Int32, _ set: UnsafeMutablePointer<fd_set>) {
    unsafe swift_musl_fd_set(descriptor, set)
}
public func FD_CLR(_ descriptor: Int32, _ set: UnsafeMutablePointer<fd_set>) {
    unsafe swift_musl_fd_clear(descriptor, set)
}
public func FD_ISSET(_ descriptor: Int32, _ set: UnsafePointer<fd_set>) -> Bool {
    unsafe swift_musl_fd_is_set(descriptor, set) != 0
}

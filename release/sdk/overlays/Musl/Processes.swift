public var SIG_DFL: (@convention(c) (Int32) -> Void)? { nil }
public var SIG_IGN: @convention(c) (Int32) -> Void {
    unsafe unsafeBitCast(1, to: (@convention(c) (Int32) -> Void).self)
}
public var SIG_ERR: @convention(c) (Int32) -> Void {
    unsafe unsafeBitCast(-1, to: (@convention(c) (Int32) -> Void).self)
}

// What wait tells of a process.
public func WIFEXITED(_ status: Int32) -> Bool { WTERMSIG(status) == 0 }
public func WEXITSTATUS(_ status: Int32) -> Int32 { (status >> 8) & 0xff }
public func WTERMSIG(_ status: Int32) -> Int32 { status & 0x7f }
public func WIFSIGNALED(_ status: Int32) -> Bool { WTERMSIG(status) != 0 && WTERMSIG(status) != 0x7f }
public func WIFSTOPPED(_ status: Int32) -> Bool { status & 0xff == 0x7f }
public func WSTOPSIG(_ status: Int32) -> Int32 { WEXITSTATUS(status) }
public func WIFCONTINUED(_ status: Int32) -> Bool { status == 0xffff }
public func WCOREDUMP(_ status: Int32) -> Bool { status & 0x80 != 0 }

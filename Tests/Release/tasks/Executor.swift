final class Own: SerialExecutor {
    func enqueue(_ job: consuming ExecutorJob) {}
    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

let own = Own()

actor Account {
    nonisolated var unownedExecutor: UnownedSerialExecutor { own.asUnownedSerialExecutor() }
    func visit() {}
}

@main struct Executor {
    static func main() async { await Account().visit() }
}

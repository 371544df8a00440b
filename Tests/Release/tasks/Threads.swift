import Musl
import Synchronization

struct Thing: ~Copyable {
    let number: Int
    deinit { print("gone: \(number)") }
}

final class Names: Sendable {
    private let names = Mutex<[String]>([])
    func add(_ name: String) -> Int {
        names.withLock {
            $0.append(name)
            return $0.count
        }
    }
}

let counter = Mutex(0)
let fast = Atomic<Int>(0)

func thread(_ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?) -> pthread_t {
    var made: pthread_t?
    guard pthread_create(&made, nil, body, nil) == 0, let made else { fatalError("pthread_create") }
    return made
}

@main struct Threads {
    static func main() {
        let threads = (0..<4).map { _ in
            thread { _ in
                for _ in 0..<2000 {
                    counter.withLock { $0 += 1 }
                    fast.add(1, ordering: .relaxed)
                }
                return nil
            }
        }
        for one in threads { pthread_join(one, nil) }
        print("counted: \(counter.withLock { $0 }) \(fast.load(ordering: .relaxed))")
        let names = Names()
        _ = names.add("one")
        print("names: \(names.add("two"))")
        counter.withLock { _ in print("held: \(counter.withLockIfAvailable { _ in 0 } == nil)") }
        print("free: \(counter.withLockIfAvailable { _ in 0 } == 0)")
        let thing = Mutex(Thing(number: 1))
        thing.withLock { $0 = Thing(number: 2) }
        print("end")
    }
}

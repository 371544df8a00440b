// Tasks that other threads resume, and that nothing else keeps awake.
import Musl

func resume(_ from: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    usleep(1000)
    from?.assumingMemoryBound(to: UnsafeContinuation<Int, Never>.self).pointee.resume(returning: 5)
    return nil
}

func fromThread() async -> Int {
    let place = UnsafeMutablePointer<UnsafeContinuation<Int, Never>>.allocate(capacity: 1)
    defer { place.deallocate() }
    return await withUnsafeContinuation {
        place.initialize(to: $0)
        var made: pthread_t?
        guard pthread_create(&made, nil, resume, place) == 0, let made else { fatalError("pthread_create") }
        pthread_detach(made)
    }
}

@main struct Resumed {
    static func main() async {
        let sum = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { await fromThread() } }
            return await group.reduce(0, +)
        }
        print(sum)
    }
}

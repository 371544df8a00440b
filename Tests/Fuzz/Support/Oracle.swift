/// Says what a target found and ends the process, which libFuzzer reports as a crash and keeps the input of.
func require(_ holds: Bool, _ rule: @autoclosure () -> String) {
    if !holds { fatalError("broken rule: \(rule())") }
}

func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    // SAFETY: libFuzzer owns `count` bytes from `start` on until the target returns.
    unsafe Array(UnsafeBufferPointer(start: start, count: count))
}

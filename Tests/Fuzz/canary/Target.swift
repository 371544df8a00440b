/// Breaks a rule that the fuzzer must find: a target that does not end with a crash means that the harness is blind.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCanary(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe bytes(start, count)
    let letters = Array("tmdb".utf8)
    var same = 0
    while same < letters.count, same < input.count, input[same] == letters[same] { same += 1 }
    // The fault is a wrong index, which must trap.
    if same == letters.count { sink = letters[same] }
    return 0
}

nonisolated(unsafe) private var sink: UInt8 = 0

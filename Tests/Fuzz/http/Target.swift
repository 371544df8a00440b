import HTTPServer

/// The first four bytes choose where the rest is cut. However the bytes of a connection come, they mean the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe bytes(start, count)
    guard input.count > 4 else { return 0 }
    let stream = Array(input.dropFirst(4))
    var seed = input.prefix(4).reduce(UInt64(1)) { $0 << 8 | UInt64($1) }

    let whole = events(of: [stream])
    var pieces: [[UInt8]] = []
    var place = 0
    while place < stream.count {
        // xorshift64 (Marsaglia, 2003): pieces of 1 to 64 bytes, short ones more often.
        seed ^= seed << 13
        seed ^= seed >> 7
        seed ^= seed << 17
        let size = Int(seed % 4 == 0 ? seed >> 8 & 63 : seed >> 8 & 7) + 1
        pieces.append(Array(stream[place..<min(place + size, stream.count)]))
        place += size
    }
    require(events(of: pieces) == whole, "cuts change nothing: \(pieces.map(\.count))")
    if stream.count <= 512 {
        require(events(of: stream.map { [$0] }) == whole, "byte by byte changes nothing")
    }
    return 0
}

private func events(of pieces: [[UInt8]]) -> [RequestReader.Event] {
    var reader = RequestReader()
    for piece in pieces { reader.receive(piece) }
    return reader.events
}

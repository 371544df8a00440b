import JSON

/// Each line of the input is one message. Whatever comes, all that is sent is JSON-RPC, answers only what was asked,
/// and answers it once.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMCP(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe bytes(start, count)
    let server = ServerUnderTest()
    var ledger = Ledger()
    for (number, line) in input.split(separator: UInt8(ascii: "\n")).prefix(64).enumerated() {
        let message = Array(line)
        let isSilent = ledger.noteReceived(message)
        server.receive(message.span)
        require(!isSilent || server.sent.isEmpty, "a notification or an answer is not answered")
        // Some calls are answered after later messages, so that they can be cancelled.
        if number % 3 == 2 { server.finishCalls() }
        server.takeSent(&ledger)
    }
    server.finishCalls()
    server.takeSent(&ledger)
    server.close()
    server.finishCalls()
    require(server.sent.isEmpty, "nothing is sent after the end")
    return 0
}

extension ServerUnderTest {
    fileprivate func takeSent(_ ledger: inout Ledger) {
        for message in sent { ledger.noteSent(message) }
        sent = []
    }
}

import Bytes

/// Names a session, and carries what `initialize` settled, sealed: a process that has the same key, but not the
/// session, makes it anew. 64 hexadecimal digits on the wire (2025-11-25, basic/transports, Session Management: visible
/// ASCII).
package struct SessionID: Equatable {
    /// Random: no other session has it.
    package let nonce: UInt64
    /// What `SessionSeal` has put in.
    let facts: UInt64
    /// Nobody makes it without the key.
    let code: SipHash.Block

    init(nonce: UInt64, facts: UInt64, code: SipHash.Block) {
        self.nonce = nonce
        self.facts = facts
        self.code = code
    }

    /// Nil for what no server of ours made. Whether one did, its seal tells.
    package init?(_ text: Span<UInt8>) {
        guard text.count == MCPHTTPLimits.sessionIDLength else { return nil }
        guard let nonce = SessionID.word(text, 0), let facts = SessionID.word(text, 16),
            let low = SessionID.word(text, 32), let high = SessionID.word(text, 48)
        else { return nil }
        self.init(nonce: nonce, facts: facts, code: (low, high))
    }

    /// The number that 16 digits in small letters are.
    @inline(never)  // would be copied for each word
    private static func word(_ text: Span<UInt8>, _ start: Int) -> UInt64? {
        var word: UInt64 = 0
        for index in start..<(start + 16) {
            let byte = text[index]
            let digit = byte.isASCIIDigit ? byte &- UInt8(ascii: "0") : byte &- UInt8(ascii: "a") &+ 10
            guard byte.isASCIIDigit || (10...15).contains(digit) else { return nil }
            word = word &<< 4 | UInt64(digit)
        }
        return word
    }

    package var text: String {
        @inline(never) get { written }  // would be copied into each transport
    }

    private var written: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(MCPHTTPLimits.sessionIDLength)
        for word in [nonce, facts, code.low, code.high] { bytes.append(hex: word, width: 16) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes as long however much of the code is right, so that its time tells nobody.
    package static func == (left: SessionID, right: SessionID) -> Bool {
        (left.nonce ^ right.nonce) | (left.facts ^ right.facts) | (left.code.low ^ right.code.low)
            | (left.code.high ^ right.code.high) == 0
    }
}

import Bytes
import MCP
import MCPHTTP
import Testing

/// What an id carries, and who can make one.
struct SessionSealTests {
    static let secret = Array("a-token-for-the-tests".utf8)
    static let settled = Session.Settled(
        version: .v2025_06_18, clientCapabilities: ClientCapabilities(sampling: true, roots: false, elicitation: true))
    static let begun: Int64 = 1_800_000_000

    /// Of the authors' test vectors, which `openssl mac -macopt size:16 SIPHASH` gives too.
    @Test(
        "SipHash is the one that was published",
        arguments: [
            (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
            (7, "a1f1ebbed8dbc153c0b84aa61ff08239"), (8, "3b62a9ba6258f5610f83e264f31497b4"),
            (15, "5493e99933b0a8117e08ec0f97cfc3d9"), (16, "6ee2a4ca67b054bbfd3315bf85230577"),
            (63, "5150d1772f50834a503e069a973fbd7c"),
        ])
    func vectors(count: Int, code: String) {
        let made = SipHash.code((0..<count).map { UInt8($0) }, key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
        var digits: [UInt8] = []
        for word in [made.low, made.high] { digits.append(hex: word.byteSwapped, width: 16) }
        #expect(String(decoding: digits, as: UTF8.self) == code)
    }

    @Test("every revision and capability of a session is read back", arguments: ProtocolVersion.allCases)
    func readBack(version: ProtocolVersion) throws {
        let seal = try SessionSeal(secret: Self.secret)
        for bits in 0..<8 {
            let capabilities = ClientCapabilities(
                sampling: bits & 1 != 0, roots: bits & 2 != 0, elicitation: bits & 4 != 0)
            let settled = Session.Settled(version: version, clientCapabilities: capabilities)
            let id = seal.id(nonce: 7, settled, now: Self.begun)
            #expect(id.text.utf8.count == 64 && id.text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            let text = Array(id.text.utf8)
            let read = SessionID(text.span) ?? seal.id(nonce: 0, nil, now: 0)
            #expect(read == id)
            // Requests of the modern era stand alone.
            #expect(seal.settled(read, now: Self.begun) == (version.era == .legacy ? settled : nil))
        }
    }

    @Test("another process with the same secret reads an id, one with another secret or with none does not")
    func secrets() throws {
        let id = try SessionSeal(secret: Self.secret).id(nonce: 1, Self.settled, now: Self.begun)
        #expect(try SessionSeal(secret: Self.secret).settled(id, now: Self.begun) == Self.settled)
        for other in [Self.secret + [0], Array(Self.secret.dropLast()), [], nil] {
            #expect(try SessionSeal(secret: other).settled(id, now: Self.begun) == nil)
        }
        let alone = try SessionSeal(secret: nil)
        #expect(alone.settled(alone.id(nonce: 1, Self.settled, now: Self.begun), now: Self.begun) == Self.settled)
    }

    @Test("an id with any digit changed is forged")
    func forged() throws {
        let seal = try SessionSeal(secret: Self.secret)
        let text = Array(seal.id(nonce: .max / 3, Self.settled, now: Self.begun).text.utf8)
        for place in text.indices {
            for digit in "0123456789abcdef".utf8 where digit != text[place] {
                var changed = text
                changed[place] = digit
                let id = SessionID(changed.span)
                #expect(id != nil && id.flatMap { seal.settled($0, now: Self.begun) } == nil)
            }
        }
    }

    @Test("what is no id is refused")
    func malformed() throws {
        let text = try SessionSeal(secret: nil).id(nonce: 1, Self.settled, now: Self.begun).text
        for wrong in ["", String(text.dropLast()), text + "0"] {
            #expect(SessionID(Array(wrong.utf8).span) == nil)
        }
        for byte in UInt8.min...UInt8.max where !"0123456789abcdef".utf8.contains(byte) {
            let wrong = [byte] + text.utf8.dropFirst()
            let id = SessionID(wrong.span)
            #expect(id == nil, "byte \(byte)")
        }
    }

    @Test("an id is good for 30 days, also where the clock was set back")
    func age() throws {
        let seal = try SessionSeal(secret: Self.secret)
        let id = seal.id(nonce: 1, Self.settled, now: Self.begun)
        let days: Int64 = 30 * 86400
        #expect(seal.settled(id, now: Self.begun + days - 1) == Self.settled)
        #expect(seal.settled(id, now: Self.begun + days) == nil)
        #expect(seal.settled(id, now: 0) == Self.settled)
        #expect(seal.settled(seal.id(nonce: 1, Self.settled, now: -1), now: 0) == Self.settled)
    }

    @Test("an id whose session has settled nothing makes none")
    func unsettled() throws {
        let seal = try SessionSeal(secret: Self.secret)
        #expect(seal.settled(seal.id(nonce: 1, nil, now: Self.begun), now: Self.begun) == nil)
    }
}

import ConformanceFixtures
import Testing

@Suite struct StateSealTests {
    private let seal = StateSeal(key: [UInt8](repeating: 7, count: StateSeal.keyBytes))

    @Test("opens what it sealed", arguments: ["", "asked", "2Zoë", "a.b", "\u{301}mark first", "a\0b"])
    func opens(text: String) {
        #expect(seal.opened(seal.sealed(text, for: "tool"), for: "tool") == text)
    }

    @Test("opens nothing that was changed, cut or lengthened at any place")
    func changed() {
        let sealed = Array(seal.sealed("asked", for: "tool").utf8)
        for place in sealed.indices {
            var other = sealed
            other[place] ^= 1
            #expect(opened(other) == nil)
            #expect(opened(sealed[..<place]) == nil)
            #expect(opened(sealed[..<place] + [0x61] + sealed[place...]) == nil)
        }
        #expect(opened(sealed + Array("-TAMPERED".utf8)) == nil)
    }

    @Test("opens nothing that was sealed for another name, or with another key")
    func foreign() {
        let sealed = seal.sealed("asked", for: "tool")
        let other = StateSeal(key: [UInt8](repeating: 8, count: StateSeal.keyBytes))
        #expect(seal.opened(sealed, for: "tools") == nil)
        #expect(other.opened(sealed, for: "tool") == nil)
    }

    private func opened<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> String? {
        seal.opened(String(decoding: bytes, as: UTF8.self), for: "tool")
    }
}

import System
import Testing

struct PeerNetworkTests {
    private static func v6(_ front: [UInt8], _ back: [UInt8] = []) -> [UInt8] {
        front + [UInt8](repeating: 0, count: 16 - front.count - back.count) + back
    }

    @Test("peers of one IPv4 address are in one network, those of two are not")
    func version4() throws {
        let one = try #require(PeerNetwork.number(of: [192, 0, 2, 1]))
        #expect(PeerNetwork.number(of: [192, 0, 2, 1]) == one)
        #expect(PeerNetwork.number(of: [192, 0, 2, 2]) != one)
        #expect(PeerNetwork.number(of: Self.v6([], [0xFF, 0xFF, 192, 0, 2, 1])) == one)
        #expect(PeerNetwork.number(of: Self.v6([], [192, 0, 2, 1])) != one)
    }

    @Test("peers of one IPv6 prefix of 56 bits are in one network")
    func version6() throws {
        let prefix: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 1]
        let one = try #require(PeerNetwork.number(of: Self.v6(prefix, [1])))
        #expect(PeerNetwork.number(of: Self.v6(prefix + [7], [2])) == one)
        #expect(PeerNetwork.number(of: Self.v6(prefix.dropLast() + [2], [1])) != one)
    }

    @Test("the largest are within the range, and no two alike")
    func range() throws {
        let four = try #require(PeerNetwork.number(of: [255, 255, 255, 255]))
        let six = try #require(PeerNetwork.number(of: [UInt8](repeating: 255, count: 16)))
        #expect(four != six)
        #expect(four >= 0 && four < 1 << 57)
        #expect(six >= 0 && six < 1 << 57)
    }

    @Test(
        "the loopback, and what is no address, are in none",
        arguments: [[127, 0, 0, 1], [127, 255, 255, 255], v6([], [1]), v6([], [0xFF, 0xFF, 127, 0, 0, 1]), [], [1]])
    func none(address: [UInt8]) { #expect(PeerNetwork.number(of: address) == nil) }
}

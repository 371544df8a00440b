import Testing

@testable import TMDB

struct BlankScalarTests {
    @Test func `the blank scalars are those that Unicode calls white space`() {
        let scalars = (0...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }
        #expect(scalars.filter { $0.isBlank } == scalars.filter { $0.properties.isWhitespace })
    }
}

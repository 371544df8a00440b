import Testing
@Test func pTMDB() { #expect(true) }

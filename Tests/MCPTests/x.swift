import Testing
@Test func pMCP() { #expect(true) }

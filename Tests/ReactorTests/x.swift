import Testing
@Test func pReactor() { #expect(true) }

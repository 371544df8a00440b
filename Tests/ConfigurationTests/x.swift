import Testing
@Test func pConfiguration() { #expect(true) }

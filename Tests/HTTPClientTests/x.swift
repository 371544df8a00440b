import Testing
@Test func pHTTPClient() { #expect(true) }

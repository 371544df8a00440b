import MCP
import Testing

@Suite struct TraceParentTests {
    private static let sample = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test("a well-formed traceparent keeps its text and tells the trace")
    func wellFormed() {
        let parent = TraceParent(Self.sample)
        #expect(parent?.text == Self.sample)
        #expect(parent?.traceID == "0af7651916cd43dd8448eb211c80319c")
    }

    @Test(
        "what has not the form is none",
        arguments: [
            "", "00", sample + "0", String(sample.dropLast()), "01" + sample.dropFirst(2), "ff" + sample.dropFirst(2),
            sample.uppercased(), "00-\(String(repeating: "0", count: 32))-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c8031\n\n-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319é-b7ad6b7169203331-0",
        ])
    func bad(text: String) {
        #expect(TraceParent(text) == nil)
    }
}

import MCPHTTP
import MCP
import Testing

struct MetricsTests {
    @Test("gauges and counters are written as Prometheus reads them")
    func text() {
        var text = MetricsText()
        text.gauge("a", "About a.", -1)
        text.counter("b_total", "About b.", 2)
        let expected = """
            # HELP a About a.
            # TYPE a gauge
            a -1
            # HELP b_total About b.
            # TYPE b_total counter
            b_total 2

            """
        #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }

    @Test(
        "a duration counts in its bucket and all above",
        arguments: [
            (100_000, "0.0001"), (100_001, "0.001"), (1_000_000_000, "1"), (10_000_000_000, "10"),
            (10_000_000_001, "+Inf"),
        ])
    func bucket(nanoseconds: Int64, least: String) {
        let metrics = Metrics()
        metrics.observer.record(operation(nanoseconds: nanoseconds))
        let buckets = lines(metrics).filter { $0.contains("_bucket{") }
        #expect(buckets.count == 12)
        #expect(buckets.first { $0.hasSuffix(" 1") }?.contains("le=\"\(least)\"") == true)
        #expect(buckets.drop { $0.hasSuffix(" 0") }.allSatisfy { $0.hasSuffix(" 1") })
    }

    @Test("the sum is in seconds, and the count has no bound")
    func sum() {
        let metrics = Metrics()
        metrics.observer.record(operation(nanoseconds: 1_500_000_000))
        metrics.observer.record(operation(nanoseconds: 42_000))
        let name = "mcp_server_operation_duration_seconds"
        let labels = "{mcp_method_name=\"tools/call\",gen_ai_tool_name=\"look\"}"
        #expect(lines(metrics).contains("\(name)_sum\(labels) 1.500042"))
        #expect(lines(metrics).contains("\(name)_count\(labels) 2"))
    }

    @Test("an extension's method has its name; what is none has not")
    func otherMethods() {
        for (name, label) in [("echo/say", "echo/say"), (nil, "other")] as [(String?, String)] {
            let metrics = Metrics()
            metrics.observer.record(RequestRecord(method: nil, name: name, outcome: .success, nanoseconds: 1))
            let labels = "{mcp_method_name=\"\(label)\"}"
            #expect(lines(metrics).contains("mcp_server_operation_duration_seconds_count\(labels) 1"))
        }
    }

    @Test(
        "outcomes are told apart",
        arguments: [
            (RequestRecord.Outcome.success, ""), (.toolFailure, ",error_type=\"tool_error\""),
            (.refused(.invalidParams), ",error_type=\"-32602\""), (.cancelled, ",error_type=\"cancelled\""),
        ])
    func outcome(outcome: RequestRecord.Outcome, label: String) {
        let metrics = Metrics()
        metrics.observer.record(operation(outcome: outcome, nanoseconds: 1))
        let labels = "{mcp_method_name=\"tools/call\",gen_ai_tool_name=\"look\"\(label)}"
        #expect(lines(metrics).contains("mcp_server_operation_duration_seconds_count\(labels) 1"))
    }

    private func operation(outcome: RequestRecord.Outcome = .success, nanoseconds: Int64) -> RequestRecord {
        RequestRecord(method: .callTool, name: "look", outcome: outcome, nanoseconds: nanoseconds)
    }

    private func lines(_ metrics: Metrics) -> [Substring] {
        var text = MetricsText()
        metrics.write(into: &text)
        return String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
    }
}

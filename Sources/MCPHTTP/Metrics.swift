import Bytes
public import MCP
import System

/// Counts and times what an MCP server does, for `/metrics`. The names are OpenTelemetry's for MCP.
public final class Metrics {
    fileprivate struct Series {
        let method: Method?
        let name: String?
        let outcome: RequestRecord.Outcome
        var counts = [Int64](repeating: 0, count: Metrics.bounds.count + 1)
        var nanoseconds: Int64 = 0
    }

    /// Upper bounds of the buckets: nanoseconds, and seconds as text.
    private static let bounds: [(nanoseconds: Int64, text: String)] = [
        (100_000, "0.0001"), (1_000_000, "0.001"), (10_000_000, "0.01"), (50_000_000, "0.05"), (100_000_000, "0.1"),
        (250_000_000, "0.25"), (500_000_000, "0.5"), (1_000_000_000, "1"), (2_500_000_000, "2.5"),
        (5_000_000_000, "5"), (10_000_000_000, "10"),
    ]

    private var series: [Series] = []

    public init() {}

    /// What watches the server. The series are as many as methods, tools and outcomes: none comes from a client.
    public var observer: RequestObserver {
        RequestObserver(clock: { Instant.readClock().nanoseconds }, record: { [self] in record($0) })
    }

    private func record(_ operation: RequestRecord) {
        var index = 0
        while index < series.count, !series[index].holds(operation) { index += 1 }
        if index == series.count {
            guard index < MCPHTTPLimits.seriesMax else { return }
            series.append(Series(method: operation.method, name: operation.name, outcome: operation.outcome))
        }
        let bucket = Metrics.bounds.firstIndex { operation.nanoseconds <= $0.nanoseconds } ?? Metrics.bounds.count
        series[index].counts[bucket] += 1
        series[index].nanoseconds &+= operation.nanoseconds
    }

    public func write(into text: inout MetricsText) {
        let name = "mcp_server_operation_duration_seconds"
        text.begin(name, "histogram", "How long requests of MCP took.")
        for series in series {
            var total: Int64 = 0
            for (count, bound) in zip(series.counts, Metrics.bounds) {
                total += count
                text.line("\(name)_bucket{\(series.labels),le=\"\(bound.text)\"} \(total)")
            }
            total += series.counts.last ?? 0
            text.line("\(name)_bucket{\(series.labels),le=\"+Inf\"} \(total)")
            text.line("\(name)_sum{\(series.labels)} \(Metrics.seconds(series.nanoseconds))")
            text.line("\(name)_count{\(series.labels)} \(total)")
        }
    }

    /// Seconds to the microsecond.
    private static func seconds(_ nanoseconds: Int64) -> String {
        let microseconds = nanoseconds / 1000
        let fraction = "\(microseconds % 1_000_000)"
        let zeros = String(repeating: "0", count: max(0, 6 - fraction.utf8.count))
        return "\(microseconds / 1_000_000).\(zeros)\(fraction)"
    }
}

extension Metrics.Series {
    fileprivate func holds(_ operation: RequestRecord) -> Bool {
        method == operation.method && name == operation.name && outcome == operation.outcome
    }

    fileprivate var labels: String {
        var labels = "mcp_method_name=\"\(method?.rawValue ?? name ?? "other")\""
        if let method, let name { labels += ",gen_ai_\(method.subject ?? "tool")_name=\"\(name)\"" }
        switch outcome {
        case .success: break
        case .toolFailure: labels += ",error_type=\"tool_error\""
        case .refused(let code): labels += ",error_type=\"\(code.rawValue)\""
        case .cancelled: labels += ",error_type=\"cancelled\""
        }
        return labels
    }
}

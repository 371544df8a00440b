import Bytes
import CSystem
import MCPHTTP
import System

/// What `/metrics` says of the process, by the names that Prometheus' client libraries have for it, and of the program.
enum ProcessMetrics {
    private static let startTime = CalendarClock.nanosecondsSince1970()

    /// To be called when the process starts.
    static func noteStart() { _ = startTime }

    static func write(into text: inout MetricsText) {
        text.sample("tmdb_mcp_build_info", "gauge", "The version that runs.", "{version=\"\(version)\"} 1")
        text.sample(
            "process_start_time_seconds", "gauge", "Start of the process, in seconds since 1970.",
            " \(decimal(milliseconds: startTime / 1_000_000))")
        let cpu = csystem_processor_microseconds()
        text.sample(
            "process_cpu_seconds_total", "counter", "Processor time of the process.",
            " \(decimal(milliseconds: cpu / 1000))")
        if let bytes = residentBytes {
            text.gauge("process_resident_memory_bytes", "Memory of the process that is in RAM.", bytes)
        }
        text.gauge("process_open_fds", "Open files and connections.", Int(csystem_open_files()))
        text.gauge("process_max_fds", "Most open files and connections.", Int(clamping: csystem_open_files_max()))
    }

    /// proc_pid_statm(5): pages in all, and in RAM.
    private static var residentBytes: Int? {
        guard let bytes = try? FileReader.read(path: "/proc/self/statm", bytesMax: 4096) else { return nil }
        let fields = bytes.split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        return pages.multipliedReportingOverflow(by: Int(csystem_page_bytes())).partialValue
    }

    private static func decimal(milliseconds: Int64) -> String {
        var bytes = Array("\(milliseconds / 1000).".utf8)
        bytes.append(decimal: Int(milliseconds % 1000), width: 3)
        return String(decoding: bytes, as: UTF8.self)
    }
}

import Bytes

/// Text for Prometheus (exposition format 0.0.4).
public struct MetricsText {
    package private(set) var bytes: [UInt8] = []

    public init() {}

    /// Something that goes up and down.
    public mutating func gauge(_ name: String, _ help: String, _ value: Int) { add(name, "gauge", help, Int64(value)) }

    /// Something that only grows. The name ends in `_total`.
    public mutating func counter(_ name: String, _ help: String, _ value: Int64) { add(name, "counter", help, value) }

    /// A value that is no whole number, or has labels, as its line has it behind the name.
    public mutating func sample(_ name: String, _ type: String, _ help: String, _ value: String) {
        begin(name, type, help)
        line(name + value)
    }

    mutating func begin(_ name: String, _ type: String, _ help: String) {
        line("# HELP \(name) \(help)")
        line("# TYPE \(name) \(type)")
    }

    mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func add(_ name: String, _ type: String, _ help: String, _ value: Int64) {
        begin(name, type, help)
        line("\(name) \(value)")
    }
}

import Bytes

/// A JSON number: an exact integer of 64 bits where it was written as one that fits, otherwise a finite `Double`.
///
/// The kind follows the spelling: `1` is an integer and is written so again; `1.0`, `1e2` and `-0` are doubles, written
/// `1.0`, `100.0` and `-0.0`. Equality is mathematical (JSON Schema 2020-12, section 4.2.2): `1`, `1.0` and `1e0` are
/// equal, as are `0` and `-0`.
public struct JSONNumber: Sendable {
    /// `unsigned` only holds what `signed` cannot, so that each integer has one representation.
    private enum Storage {
        case signed(Int64)
        case unsigned(UInt64)
        case double(Double)
    }

    private let storage: Storage

    public init(_ value: Int) {
        storage = .signed(Int64(value))
    }

    public init(_ value: Int64) {
        storage = .signed(value)
    }

    public init(_ value: UInt64) {
        storage = Int64(exactly: value).map(Storage.signed) ?? .unsigned(value)
    }

    /// Nil when the value is infinite or not a number: JSON cannot express either.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        storage = .double(value)
    }

    /// The number as an integer. A `Double` converts when it is integral and at most 2^53 from zero, the range in which
    /// it stands for no other integer: JSON Schema takes `1.0` for an integer.
    public var int64: Int64? {
        switch storage {
        case .signed(let value): value
        case .unsigned: nil
        case .double(let value): value.magnitude <= Self.exactDoubleMax ? Self.signed(value) : nil
        }
    }

    /// The number as an unsigned integer, under the rules of ``int64``.
    public var uint64: UInt64? {
        if case .unsigned(let value) = storage { value } else { int64.flatMap(UInt64.init(exactly:)) }
    }

    /// The nearest `Double`, always finite. Integers further than 2^53 from zero may be rounded.
    public var double: Double {
        switch storage {
        case .signed(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        }
    }

    /// Appends the number's text: all digits of an integer, or the shortest text that reads back as the same `Double`.
    public func write(into output: inout [UInt8]) {
        switch storage {
        case .signed(let value):
            if value < 0 { output.append(UInt8(ascii: "-")) }
            output.append(decimal: value.magnitude)
        case .unsigned(let value): output.append(decimal: value)
        case .double(let value):
            if !Self.writeShort(value, into: &output) { output.append(value.description) }
        }
    }

    /// Writes a number of four decimals at most, as most are, in a fraction of the time that finding the shortest text
    /// takes. False, and nothing written, for any other.
    private static func writeShort(_ value: Double, into output: inout [UInt8]) -> Bool {
        guard value.magnitude >= 0.001, value.magnitude < 1e10 else { return false }
        let scaled = UInt64(value.magnitude * 10_000 + 0.5)
        // Both sides are exact, and so the division is rounded as reading the text would: fewer than 16 digits that
        // give a double are given back by it, and no others so short give it.
        guard Double(scaled) / 10_000 == value.magnitude else { return false }
        if value < 0 { output.append(UInt8(ascii: "-")) }
        output.append(decimal: scaled / 10_000)
        output.append(UInt8(ascii: "."))
        var rest = scaled % 10_000
        repeat {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / 1_000))
            rest = rest % 1_000 * 10
        } while rest > 0
        return true
    }

    private static var exactDoubleMax: Double { 0x1p53 }

    // `Int64(exactly:)` would do the same, but calls the C library for mathematics, which nothing else here needs.

    private static func signed(_ double: Double) -> Int64? {
        guard double >= -0x1p63, double < 0x1p63 else { return nil }
        let integer = Int64(double)
        return Double(integer) == double ? integer : nil
    }

    private static func unsigned(_ double: Double) -> UInt64? {
        guard double >= 0, double < 0x1p64 else { return nil }
        let integer = UInt64(double)
        return Double(integer) == double ? integer : nil
    }
}

extension JSONNumber: Equatable {
    public static func == (lhs: JSONNumber, rhs: JSONNumber) -> Bool {
        switch (lhs.storage, rhs.storage) {
        case (.signed(let lhs), .signed(let rhs)): lhs == rhs
        case (.unsigned(let lhs), .unsigned(let rhs)): lhs == rhs
        case (.double(let lhs), .double(let rhs)): lhs == rhs
        case (.signed(let integer), .double(let double)), (.double(let double), .signed(let integer)):
            signed(double) == integer
        case (.unsigned(let integer), .double(let double)), (.double(let double), .unsigned(let integer)):
            unsigned(double) == integer
        case (.signed, .unsigned), (.unsigned, .signed): false
        }
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) {
        self.init(value)
    }
}

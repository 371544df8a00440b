import Bytes

/// The fields of a result whose lists were cut to what a compact one has, for its note: but for those that have a total
/// beside them.
final class Cuts {
    var names: [String] = []

    func add(_ name: String) {
        if !names.contains(name) { names.append(name) }
    }

    /// Nil when there are none.
    func words(advice: String = "detail full has more") -> String? {
        names.isEmpty ? nil : "Only the first are here of " + names.joined(separator: ", ") + ": " + advice + "."
    }
}

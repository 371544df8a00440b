import CSystem

/// Signals of the process as a descriptor to read (signalfd(2)), owned by this object.
package final class SignalQueue {
    private let descriptor: Descriptor

    /// - Parameter signals: they must have been blocked by `Signal.prepareProcess` before any thread was started.
    package init(_ signals: [Signal]) throws(SystemError) {
        var set = try Signal.set(of: signals)
        // SAFETY: the set is a local; the call only reads it.
        let number = unsafe csystem_signalfd(&set)
        guard number >= 0 else { throw SystemError(failed: "signalfd") }
        descriptor = Descriptor(adopting: number)
    }

    /// For the loop; closed with this object.
    package var number: Int32 { descriptor.number }

    /// Takes some of those that wait, without waiting. None is no error: they may have been taken already.
    package func drain() -> [Signal] {
        let size = MemoryLayout<signalfd_siginfo>.size
        let number = number
        // SAFETY: the kernel writes whole records into the buffer, which lives until the closure returns; only those
        // that were written are read.
        return unsafe withUnsafeTemporaryAllocation(
            of: signalfd_siginfo.self, capacity: SystemLimits.signalsPerTurnMax
        ) { records in
            let count = unsafe read(number, records.baseAddress, size * SystemLimits.signalsPerTurnMax)
            var signals: [Signal] = []
            for index in 0..<(max(count, 0) / size) {
                signals.append(Signal(number: Int32(truncatingIfNeeded: unsafe records[index].ssi_signo)))
            }
            return signals
        }
    }
}

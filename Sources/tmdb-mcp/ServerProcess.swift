import Bytes
import CSystem
import Configuration
import System

/// Looks for a process of this program that serves, in /proc (proc(5)). In a container it is process 1, or the one that
/// process 1 was told to start.
enum ServerProcess {
    /// The command line of process 1 if it serves, or starts what serves, as an init does that was given it.
    static func argumentsOfFirst() -> CommandLineArguments? {
        guard let words = try? commandLine(1), let place = words.firstIndex(where: { isOurs($0) }) else { return nil }
        return serving(words[(place + 1)...])
    }

    /// Whether any process of this program serves. Those that others may not look at do not count.
    static func runs() throws(SystemError) -> Bool {
        for process in try processes() {
            guard let words = try? commandLine(process), isAlive(process) else { continue }
            let isFirst = process == 1
            // Under an emulator the first word is the emulator.
            let most =
                isFirst
                ? words.count : (CurrentProcess.fileName(words.first ?? "").utf8.starts(with: "qemu".utf8) ? 2 : 1)
            guard let place = words.prefix(most).firstIndex(where: { isOurs($0) }) else { continue }
            if serving(words[(place + 1)...]) != nil { return true }
        }
        return false
    }

    private static func isOurs(_ word: String) -> Bool { CurrentProcess.fileName(word) == CurrentProcess.name }

    private static func serving(_ words: ArraySlice<String>) -> CommandLineArguments? {
        let arguments = CommandLineArguments(Array(words))
        return arguments.problems.isEmpty && arguments.command == .serve ? arguments : nil
    }

    @inline(never)  // would be copied into both callers
    private static func commandLine(_ process: Int) throws(SystemError) -> [String] {
        let bytes = try FileReader.read(path: "/proc/\(process)/cmdline", bytesMax: 256 * 1024)
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Not when it has ended and only waits for its parent. The state follows the name, which is in parentheses and may
    /// hold some itself.
    private static func isAlive(_ process: Int) -> Bool {
        guard let bytes = try? FileReader.read(path: "/proc/\(process)/stat", bytesMax: 4096),
            let end = bytes.lastIndex(of: UInt8(ascii: ")")), bytes.count > end + 2
        else { return false }
        return !"ZXx".utf8.contains(bytes[end + 2])
    }

    private static func processes() throws(SystemError) -> [Int] {
        // SAFETY: the folder is closed before this returns; each name is copied before the next is read.
        guard let folder = unsafe opendir("/proc") else {
            throw SystemError(call: "opendir", code: csystem_errno())
        }
        defer { unsafe _ = closedir(folder) }
        var numbers: [Int] = []
        while let name = unsafe csystem_next_name(folder) {
            if let number = unsafe Int(String(cString: name)) { numbers.append(number) }
        }
        return numbers
    }
}

import CCurl
import HTTPTypes
import System

/// Who is asked for the addresses of names, as far as the machine's settings tell.
enum NameServers {
    private static let settings = "/etc/resolv.conf"

    /// Whether the settings name nobody: the C library then asks this machine, where mostly nobody answers.
    static var areMissing: Bool {
        do throws(SystemError) {
            let text = try FileReader.read(path: settings, bytesMax: HTTPClientLimits.resolverBytesMax)
            return !text.split(separator: 0x0A).contains { $0.starts(with: "nameserver".utf8) }
        } catch {
            return error.code == ENOENT || error.code == ENOTDIR
        }
    }

    /// The folder of Termux's files, where the program runs in it: it has the settings of its own there.
    static var termux: String? {
        // SAFETY: a terminated string that is copied here; nothing changes the environment any more.
        guard let prefix = unsafe getenv("PREFIX") else { return nil }
        let folder = unsafe String(cString: prefix)
        let isTermux = folder.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("com.termux".utf8) }
        return isTermux ? folder : nil
    }
}

extension HTTPFailure {
    static func noNameServer(host: String?) -> HTTPFailure { .noNameServer(host: host, termux: NameServers.termux) }
}

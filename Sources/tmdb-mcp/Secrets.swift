import Bytes
import Configuration
import EventLoop
import System

/// The key for TMDB and the token for HTTP clients of a server that runs, as far as they come from files: what is put
/// there is taken without a new start. What cannot be taken changes nothing but the log.
///
/// The files are looked at when requests come. That wakes nobody, and sees also what the kernel does not report: links
/// above a file, network file systems, mounted files.
final class Secrets {
    typealias Reread = () throws(ConfigurationError) -> Configuration

    private let loop: EventLoop
    private let log: Log
    private let usesToken: Bool
    private let files: [String]
    private let reread: Reread
    private var changes: FileChanges
    private var nextLook: Instant
    private var settling: TimerID?
    private(set) var key: Secret?
    private(set) var token: Secret?
    private var omdbKey: Secret?
    private var session: Secret?
    /// What is done with a secret that has changed. Released by `close`.
    var useKey: ((Secret) -> Void)?
    var useToken: ((Secret) -> Void)?
    var useOMDbKey: ((Secret) -> Void)?
    var useSession: ((Secret) -> Void)?

    init(_ configuration: Configuration, token: Secret?, _ loop: EventLoop, _ log: Log, reread: @escaping Reread) {
        self.loop = loop
        self.log = log
        self.reread = reread
        self.token = token
        usesToken = token != nil
        key = configuration.apiKey
        omdbKey = configuration.omdbKey
        session = configuration.session
        files = configuration.secretFiles.map { $0.path }
        changes = FileChanges(taken: configuration.secretFiles.map { $0.stamp })
        nextLook = loop.now + ProgramLimits.secretsInterval
    }

    /// Looks at the files, unless that was done a moment ago and is not urgent.
    func refresh(isUrgent: Bool = false) {
        guard !files.isEmpty, isUrgent || loop.now >= nextLook else { return }
        nextLook = loop.now + ProgramLimits.secretsInterval
        switch changes.compare(files.map { FileStamp(path: $0) }) {
        case .none: break
        case .lookAgain:
            guard settling == nil else { break }
            settling = loop.schedule(after: ProgramLimits.secretsSettleTime) { [self] in
                settling = nil
                refresh(isUrgent: true)
            }
        case .read(let places): read(because: places.map { files[$0] })
        }
    }

    /// Reads the files now, whether they look changed or not.
    func readAgain() {
        let places = changes.settle(files.map { FileStamp(path: $0) })
        if !read(because: places.map { files[$0] }) { log.write(.info, "SIGHUP: no secret in a file has changed") }
    }

    func close() {
        if let settling { loop.cancel(settling) }
        settling = nil
        useKey = nil
        useToken = nil
        useOMDbKey = nil
        useSession = nil
    }

    /// Returns whether there was something to log.
    @discardableResult
    private func read(because paths: [String]) -> Bool {
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try reread()
        } catch {
            let changed = paths.isEmpty ? "" : " (changed: \(paths.joined(separator: ", ")))"
            for line in error.lines {
                log.write(.warn, "secrets were not read again, those before stay in force: \(line)\(changed)")
            }
            return true
        }
        var isKeyTold = apply(configuration, .apiKey, configuration.apiKey, &key, "the TMDB key", useKey)
        if apply(configuration, .omdbKey, configuration.omdbKey, &omdbKey, "the OMDb key", useOMDbKey) {
            isKeyTold = true
        }
        if apply(configuration, .session, configuration.session, &session, "the TMDB session", useSession) {
            isKeyTold = true
        }
        guard usesToken else { return isKeyTold }
        let isTokenTold = apply(
            configuration, .token, configuration.token, &token, "the token for HTTP clients", useToken)
        return isKeyTold || isTokenTold
    }

    private func apply(
        _ configuration: Configuration, _ setting: Setting, _ new: Secret?, _ old: inout Secret?, _ name: String,
        _ use: ((Secret) -> Void)?
    ) -> Bool {
        guard let new else {
            guard old != nil else { return false }
            log.write(.warn, "\(name) is not set any more: the one before stays in force")
            return true
        }
        if new.isSame(as: old) { return false }
        old = new
        use?(new)
        log.write(.info, "\(name) has changed and is in force: \(configuration.source(of: setting).description)")
        return true
    }
}

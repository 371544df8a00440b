import Bytes
import EventLoop
import HTTPServer
import System

/// Counts the requests that are refused, and tells of them, but not of more than a log can bear: whoever reaches the
/// server can have it refuse without end.
final class Refusals {
    private let loop: EventLoop
    private let proxies: TrustedProxies
    private let forwardedFor: FieldKey
    private let tell: (Refusal) -> Void
    private let tellUntold: (Int64) -> Void
    private var counts = [Int64](repeating: 0, count: Refusal.Reason.allCases.count)
    /// When the refusals that were told would have come, had each come a `refusalInterval` after the one before.
    private var nextTurn = Instant(nanoseconds: 0)
    private var untold: Int64 = 0
    private var summary: TimerID?

    init(_ configuration: HTTPTransportConfiguration, _ keys: FieldKeys, _ proxies: TrustedProxies, _ loop: EventLoop) {
        self.loop = loop
        self.proxies = proxies
        forwardedFor = keys.forwardedFor
        tell = configuration.onRefusal
        tellUntold = configuration.onUntoldRefusals
    }

    /// - Parameter name: what was refused as Host or Origin.
    @inline(never)  // would be copied for each reason
    func note(_ reason: Refusal.Reason, _ status: Int, _ head: RequestHead, name: String? = nil) {
        note(reason, status, client(head, head.peerAddress) ?? head.peerAddress, name: name)
    }

    /// The same where no head has come whole.
    func note(_ fault: RequestFault, _ peerAddress: [UInt8]) {
        note(Refusal.Reason(fault), fault.status, peerAddress, name: nil)
    }

    private func note(_ reason: Refusal.Reason, _ status: Int, _ client: [UInt8], name: String?) {
        counts[reason.rawValue] += 1
        let now = loop.now
        let turn = max(nextTurn, now)
        guard (turn - now).nanoseconds < MCPHTTPLimits.refusalBurst * MCPHTTPLimits.refusalInterval.nanoseconds else {
            untold += 1
            if summary == nil {
                summary = loop.schedule(after: MCPHTTPLimits.refusalSummaryTime) { [self] in summarize() }
            }
            return
        }
        nextTurn = turn + MCPHTTPLimits.refusalInterval
        let kept = name.map { String($0.unicodeScalars.prefix(MCPHTTPLimits.refusedNameMax)) }
        let refusal = Refusal(
            reason: reason, status: status, peer: SocketAddress.text(client), name: kept, untold: untold)
        untold = 0
        tell(refusal)
    }

    /// Tells how many were not told of, if no refusal has said so since.
    func summarize() {
        if let summary { loop.cancel(summary) }
        summary = nil
        guard untold > 0 else { return }
        tellUntold(untold)
        untold = 0
    }

    /// The client of a request as a trusted proxy tells it; nil where none does.
    func client(_ head: RequestHead, _ peerAddress: [UInt8]) -> [UInt8]? {
        guard head.has(forwardedFor), proxies.trust(peerAddress) else { return nil }
        return head.value(of: forwardedFor).flatMap { proxies.client($0) }
    }

    func write(into text: inout MetricsText) {
        let name = "http_refused_requests_total"
        text.begin(name, "counter", "HTTP requests that were not served, by the reason.")
        for reason in Refusal.Reason.allCases {
            text.line("\(name){reason=\"\(reason.name)\"} \(counts[reason.rawValue])")
        }
    }
}

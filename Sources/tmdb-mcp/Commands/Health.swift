import Bytes
import Configuration
import HTTPClient
import HTTPTypes
import JSON
import System

/// Asks `/health` of the server that these settings are of, on this machine and through no proxy.
enum Health {
    /// Docker waits 30 s by itself, but whoever looks wants to know sooner.
    private static let patience = TimeSpan.milliseconds(2500)

    /// Nil when the server is well, else what is wrong.
    static func problem(_ configuration: Configuration) -> String? {
        guard configuration.port != 0 else { return "the port is 0, any free one: name one with SERVER_SSE_PORT" }
        CurrentProcess.refuseProxies()
        var settings = HTTPClientConfiguration()
        settings.totalTimeout = patience
        settings.connectTimeout = patience
        // Whatever its address, the server lets this name in.
        let fields = HTTPFields([HTTPField(name: "Host", value: "localhost:\(configuration.port)")])
        let urls = hosts(configuration.host).map { "http://\($0):\(configuration.port)/health" }
        let requests = urls.map { HTTPRequest(url: $0, headers: fields) }
        switch OneRequest.send(requests, settings, until: { isWell($0) }) {
        case .failure(let failure): return failure.message
        case .success(let response):
            if isWell(response) { return nil }
            return "\(urls[0]) answers with status \(response.status): is it another program?"
        }
    }

    private static func isWell(_ response: HTTPResponse) -> Bool {
        let value = try? JSONValue(parsing: response.body)
        return response.status == 200 && value?["status"]?.string == "ok" && response.fields["Server"] == "tmdb-mcp"
    }

    /// Where the machine reaches itself when the server listens on all of its addresses, or on a name: at either, since
    /// IPv4 or IPv6 may be missing.
    private static func hosts(_ address: ListenAddress) -> [String] {
        switch address {
        case .localhost, .ipv4("0.0.0.0"): ["127.0.0.1", "[::1]"]
        case .ipv4(let text): [text]
        case .ipv6("::"): ["[::1]", "127.0.0.1"]
        case .ipv6(let text): ["[\(text)]"]
        }
    }
}

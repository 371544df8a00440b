import HTTPClient
import HTTPTypes
import EventLoop
import System

/// One HTTP request of a command, waited for.
enum OneRequest {
    enum Failure: Error {
        case http(HTTPFailure)
        case client(HTTPClientError)
        case system(SystemError)

        var message: String {
            switch self {
            case .http(let failure): failure.message
            case .client(let error): error.message
            case .system(let error): error.message
            }
        }
    }

    /// - Parameter tries: how often it is tried while its time is up: another family of addresses may bring an answer.
    static func send(
        _ request: HTTPRequest, _ settings: HTTPClientConfiguration, tries: Int = 1
    ) -> Result<HTTPResponse, Failure> {
        send([request], settings, tries: tries) { _ in true }
    }

    /// Sends several at once. Returns the first answer that will do, or what became of the first request.
    static func send(
        _ requests: [HTTPRequest], _ settings: HTTPClientConfiguration, tries: Int = 1,
        until willDo: @escaping (HTTPResponse) -> Bool
    ) -> Result<HTTPResponse, Failure> {
        do throws(SystemError) {
            try Signal.prepareProcess(receiving: [])
            return try send(requests, settings, tries, until: willDo, EventLoop())
        } catch {
            return .failure(.system(error))
        }
    }

    private static func send(
        _ requests: [HTTPRequest], _ settings: HTTPClientConfiguration, _ tries: Int,
        until willDo: @escaping (HTTPResponse) -> Bool, _ loop: EventLoop
    ) throws(SystemError) -> Result<HTTPResponse, Failure> {
        let client: HTTPClient
        do throws(HTTPClientError) {
            client = try HTTPClient(loop: loop, configuration: settings)
        } catch {
            return .failure(.client(error))
        }
        var first: Result<HTTPResponse, HTTPFailure> = .failure(.cutOff)
        var good: HTTPResponse?
        for _ in 0..<max(tries, 1) {
            var left = requests.count
            for (number, request) in requests.enumerated() {
                client.send(request) { answer in
                    left -= 1
                    if number == 0 { first = answer }
                    if good == nil, case .success(let response) = answer, willDo(response) { good = response }
                    if good != nil || left == 0 { loop.stop() }
                }
            }
            try loop.run()
            guard good == nil, case .failure(.timedOut) = first else { break }
        }
        withExtendedLifetime(client) {}
        return if let good { .success(good) } else { first.mapError { .http($0) } }
    }
}

import HTTPClient
import HTTPTypes
import Reactor

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

    static func send(_ request: HTTPRequest, _ settings: HTTPClientConfiguration) -> Result<HTTPResponse, Failure> {
        do throws(SystemError) {
            try Signal.prepareProcess(receiving: [])
            return try send(request, settings, EventLoop())
        } catch {
            return .failure(.system(error))
        }
    }

    private static func send(
        _ request: HTTPRequest, _ settings: HTTPClientConfiguration, _ loop: EventLoop
    ) throws(SystemError) -> Result<HTTPResponse, Failure> {
        let client: HTTPClient
        do throws(HTTPClientError) {
            client = try HTTPClient(loop: loop, configuration: settings)
        } catch {
            return .failure(.client(error))
        }
        var answer: Result<HTTPResponse, HTTPFailure> = .failure(.cutOff)
        client.send(request) {
            answer = $0
            loop.stop()
        }
        try loop.run()
        withExtendedLifetime(client) {}
        return answer.mapError { .http($0) }
    }
}

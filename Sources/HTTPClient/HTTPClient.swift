package import HTTPTypes
package import EventLoop

/// Makes HTTP/1.1 requests with libcurl on an event loop: many at a time, connections kept alive and reused, redirects
/// returned and not followed, certificates always verified, gzip undone.
///
/// Belongs to the loop's thread. When the client goes, its requests end without a completion, and its connections
/// close.
package final class HTTPClient {
    private let engine: Engine

    /// Reads the trusted roots, once. `Signal.prepareProcess` must have been called, before which a server that hangs
    /// up could end the process with SIGPIPE.
    package init(loop: EventLoop, configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        engine = try Engine(loop: loop, configuration: configuration)
    }

    deinit {
        engine.shutDown()
    }

    package var counters: HTTPClientCounters { engine.counters }

    /// Starts a request. `completion` is called once, from the loop and never from within this call, unless the request
    /// is cancelled before. Every status that a server sends is a success here.
    @discardableResult
    package func send(
        _ request: HTTPRequest, completion: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) -> HTTPCallID {
        HTTPCallID(slot: engine.send(request, completion))
    }

    /// Ends a request without calling its completion. Does nothing for one that has been answered.
    package func cancel(_ id: HTTPCallID) {
        engine.cancel(id.slot)
    }
}

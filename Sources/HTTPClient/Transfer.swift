import HTTPTypes
import Reactor

/// One request under way. libcurl's callbacks write into `assembly` and touch nothing else.
final class Transfer {
    let started: Instant
    let completion: (Result<HTTPResponse, HTTPFailure>) -> Void
    var assembly: ResponseAssembly
    /// Its place among the engine's calls.
    var slot: SlotID?
    var deadline: TimerID?
    /// Both are there from the start of the transfer to its end.
    var origin: Origin?
    var handle: EasyHandle?

    init(
        bodyBytesMax: Int, started: Instant, completion: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) {
        self.started = started
        self.completion = completion
        assembly = ResponseAssembly(bodyBytesMax: bodyBytesMax)
    }
}

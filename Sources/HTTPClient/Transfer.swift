import CCurl
import HTTPTypes
import EventLoop
import System

/// One request in progress. libcurl's callbacks write into `assembly` and `attempts` and touch nothing else.
final class Transfer {
    let request: HTTPRequest
    let started: Instant
    let completion: (Result<HTTPResponse, HTTPFailure>) -> Void
    var assembly: PartialResponse
    var attempts = Attempts()
    /// Whether it was held to one family of addresses.
    var isHeldToFamily = false
    /// Its place among the engine's calls.
    var slot: SlotID?
    var deadline: TimerID?
    /// Until then a connection must be ready.
    var connectDeadline: TimerID?
    /// Both are there from the start of the transfer to its end.
    var origin: Origin?
    var handle: EasyHandle?

    init(
        _ request: HTTPRequest, bodyBytesMax: Int, started: Instant,
        completion: @escaping (Result<HTTPResponse, HTTPFailure>) -> Void
    ) {
        self.request = request
        self.started = started
        self.completion = completion
        assembly = PartialResponse(bodyBytesMax: bodyBytesMax)
    }

    /// The one whose request a handle of libcurl's makes; nil for a handle that is none of ours.
    @unsafe static func of(_ easy: UnsafeMutableRawPointer?) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard let easy = unsafe easy, unsafe ccurl_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK,
            let context = unsafe context
        else { return nil }
        // SAFETY: retained since the start of the transfer, until its end.
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}

import CCurl
import HTTPTypes
import System

extension HTTPFailure {
    /// What libcurl's code means for a transfer that ended with it. Nothing of libcurl's own words gets out but those
    /// that it has for the code.
    init(_ code: CURLcode, _ transfer: Transfer, _ handle: EasyHandle, _ origin: Origin, after span: TimeSpan) {
        let ending = Ending(transfer, handle, origin)
        switch code {
        case _ where transfer.assembly.failure != nil: self = transfer.assembly.failure ?? .cutOff
        case CURLE_URL_MALFORMAT: self = .invalidRequest(.url)
        case CURLE_COULDNT_RESOLVE_HOST: self = ending.unresolved
        case CURLE_COULDNT_RESOLVE_PROXY: self = ending.unresolvedProxy
        case CURLE_COULDNT_CONNECT: self = ending.unconnected
        case CURLE_PROXY: self = .proxy(ending.refusedBySocks)
        case CURLE_OPERATION_TIMEDOUT: self = ending.timedOut(after: span)
        case CURLE_PEER_FAILED_VERIFICATION: self = ending.withoutTLS(ending.certificateFault)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: self = ending.withoutTLS(ending.handshakeFault)
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM: self = ending.withoutTLS(.badRoots)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR: self = ending.brokenOff
        case CURLE_BAD_CONTENT_ENCODING: self = .badEncoding
        case Self.tooLargeCode where handle.isConnected:
            self = .tooLarge(.head, bytesMax: HTTPClientLimits.headBytesMax)
        case CURLE_FILESIZE_EXCEEDED: self = .tooLarge(.body, bytesMax: transfer.assembly.bodyBytesMax)
        // The scheme was checked at the start: what is not supported here is HTTP/0.9, which anything would be.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: self = .badResponse
        default: self = .other(code)
        }
    }

    /// CURLE_TOO_LARGE of libcurl 8.6 and newer: a single line of the head, longer than libcurl would hand over.
    private static var tooLargeCode: CURLcode { CURLcode(rawValue: 100) }

    static func other(_ code: CURLcode) -> HTTPFailure {
        // SAFETY: libcurl returns constant text.
        .other(code: Int(code.rawValue), reason: unsafe String(cString: curl_easy_strerror(code)))
    }
}

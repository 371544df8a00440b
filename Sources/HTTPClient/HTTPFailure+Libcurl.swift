import CCurl
import HTTPTypes
import Reactor

extension HTTPFailure {
    /// What libcurl's code means for a transfer that ended with it. Nothing of libcurl's own words gets out but those
    /// that it has for the code.
    init(_ code: CURLcode, _ assembly: ResponseAssembly, _ handle: EasyHandle, _ origin: Origin, after span: TimeSpan) {
        if let failure = assembly.failure {
            self = failure
            return
        }
        switch code {
        case CURLE_URL_MALFORMAT: self = .invalidRequest(.url)
        case CURLE_COULDNT_RESOLVE_HOST: self = .nameNotResolved(host: origin.host)
        case CURLE_COULDNT_RESOLVE_PROXY:
            self = .proxy(handle.errorWords.begin(with: "Unsupported proxy") ? .unusable : .nameNotResolved)
        case CURLE_COULDNT_CONNECT: self = Self.unconnected(handle, origin)
        case CURLE_PROXY: self = .proxy(.handshake)
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut(handle, after: span)
        case CURLE_PEER_FAILED_VERIFICATION: self = .tls(Self.certificateFault(handle), host: origin.host)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: self = .tls(.handshake, host: origin.host)
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM: self = .tls(.badRoots, host: origin.host)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR: self = Self.brokenOff(handle)
        case CURLE_BAD_CONTENT_ENCODING: self = .badEncoding
        case Self.tooLargeCode where handle.isConnected: self = .tooLarge(.head, bytesMax: Limits.headBytesMax)
        case CURLE_FILESIZE_EXCEEDED: self = .tooLarge(.body, bytesMax: assembly.bodyBytesMax)
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

    static func timedOut(_ handle: EasyHandle, after span: TimeSpan) -> HTTPFailure {
        .timedOut(handle.isConnected ? .waiting : .connecting, milliseconds: span.milliseconds)
    }

    private static func unconnected(_ handle: EasyHandle, _ origin: Origin) -> HTTPFailure {
        let words = handle.errorWords
        if words.begin(with: "Unsupported proxy") { return .proxy(.unusable) }
        // libcurl before 8.7 tells only in words whom it tried to reach.
        let usedProxy =
            handle.usedProxy
            ?? (words.begin(with: "Failed to connect to ")
                && !words.begin(with: "Failed to connect to \(origin.host) port \(origin.port) "))
        if usedProxy { return .proxy(.connectionFailed) }
        return handle.long(CURLINFO_OS_ERRNO) == Int(ECONNREFUSED)
            ? .connectionRefused(host: origin.host, port: origin.port)
            : .connectionFailed(host: origin.host, port: origin.port)
    }

    /// A connection that was never ready for the request, and yet existed, was one to a proxy.
    private static func brokenOff(_ handle: EasyHandle) -> HTTPFailure {
        if handle.isConnected { return .cutOff }
        let status = handle.long(CURLINFO_HTTP_CONNECTCODE)
        return .proxy(status < 300 ? .handshake : .refused(status: status))
    }

    /// OpenSSL leaves its verification result (X509_V_ERR_...), but for a wrong host; mbedTLS leaves only words.
    private static func certificateFault(_ handle: EasyHandle) -> TLSFault {
        switch handle.long(CURLINFO_SSL_VERIFYRESULT) {
        case 18...21, 27: return .notTrusted
        case 9: return .notYetValid
        case 10: return .expired
        case 62, 64: return .wrongHost
        default: break
        }
        let words = handle.errorWords
        if words.contain("not correctly signed by the trusted CA") { return .notTrusted }
        if words.contain("validity has expired") { return .expired }
        if words.contain("validity starts in the future") { return .notYetValid }
        if words.contain("(CN) does not match") || words.contain("certificate subject name") { return .wrongHost }
        return .badCertificate
    }
}

import CCurl
import HTTPTypes

/// Owns a libcurl easy handle, which makes one request at a time, and all that the handle points to.
@safe final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    /// Holds the roots that the handle points to.
    let trust: TrustStore
    /// libcurl writes its words for a failure here.
    private let errorText: UnsafeMutablePointer<CChar>
    /// Holds the lines that the handle points to.
    private var headers: HeaderList?

    /// Makes a handle with all that is the same for each request. Fails with what libcurl says.
    ///
    /// - Parameter engine: as the callbacks get it.
    @unsafe init(
        _ configuration: HTTPClientConfiguration, _ trust: TrustStore, engine: UnsafeMutableRawPointer
    ) throws(HTTPFailure) {
        guard let easy = unsafe curl_easy_init() else { throw .other(CURLE_OUT_OF_MEMORY) }
        // SAFETY: the handle and the text belong to this object, which frees them in deinit, the handle first.
        unsafe self.easy = easy
        self.trust = trust
        unsafe errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let codes = unsafe transportOptions(configuration, engine) + tlsOptions() + trustOptions()
        if let failed = codes.first(where: { $0 != CURLE_OK }) { throw .other(failed) }
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe errorText.deallocate()
    }

    /// Readies the handle for a request with these lines. `context` goes to the callbacks.
    ///
    /// Returns the first failure of libcurl's.
    @unsafe func prepare(
        _ request: HTTPRequest, _ headers: HeaderList, family: FamilyChoice.Options, context: UnsafeMutableRawPointer
    ) -> CURLcode {
        var code = setMethod(request)
        if code == CURLE_OK { code = set(CURLOPT_URL, request.url) }
        if code == CURLE_OK { code = unsafe ccurl_set_long(easy, CURLOPT_IPRESOLVE, family.option) }
        if code == CURLE_OK { code = unsafe ccurl_set_long(easy, CURLOPT_DNS_CACHE_TIMEOUT, family.cacheSeconds) }
        // SAFETY: libcurl keeps the pointer to the list, which this object holds until the handle has another or none.
        if code == CURLE_OK { code = unsafe ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headers.list) }
        self.headers = headers
        if code == CURLE_OK { code = unsafe setContext(context) }
        return code
    }

    /// A request that is no GET leaves its method and its body in the handle, which is not used again: see `Engine`.
    private func setMethod(_ request: HTTPRequest) -> CURLcode {
        if request.method == .get { return unsafe ccurl_set_long(easy, CURLOPT_HTTPGET, 1) }
        // The order matters: libcurl copies as many bytes as it was told before.
        var code = unsafe ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(request.body.count))
        if code == CURLE_OK {
            // SAFETY: libcurl copies the bytes.
            code = unsafe request.body.withUnsafeBytes { bytes in
                unsafe ccurl_set_pointer(
                    easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            }
        }
        if code == CURLE_OK { code = unsafe ccurl_set_long(easy, CURLOPT_POST, 1) }
        if code == CURLE_OK { code = set(CURLOPT_CUSTOMREQUEST, request.method.name) }
        // On a kept connection that ends without an answer libcurl would send the request again by itself.
        if code == CURLE_OK { code = unsafe ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1) }
        return code
    }

    /// Lets go of the request, so that the handle can make another one. For a request that has succeeded: what libcurl
    /// keeps of one that has not is uncertain, and its handle must not be used again. Fails when libcurl refuses.
    func reset() -> Bool {
        let code = unsafe ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, nil)
        headers = nil
        unsafe errorText.pointee = 0
        return unsafe code == CURLE_OK && setContext(nil) == CURLE_OK
            && ccurl_set_string(easy, CURLOPT_URL, nil) == CURLE_OK
    }

    @unsafe private func setContext(_ context: UnsafeMutableRawPointer?) -> CURLcode {
        var code = unsafe ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        if code == CURLE_OK { code = unsafe ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context) }
        if code == CURLE_OK { code = unsafe ccurl_set_pointer(easy, CURLOPT_RESOLVER_START_DATA, context) }
        if code == CURLE_OK { code = unsafe ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context) }
        if code == CURLE_OK { code = unsafe ccurl_set_pointer(easy, CURLOPT_PRIVATE, context) }
        return code
    }

    /// libcurl's words for the failure. They may hold the URL or the proxy's: to be searched, never to be shown.
    var errorWords: ErrorText {
        // SAFETY: libcurl terminates the text within CURL_ERROR_SIZE.
        ErrorText(unsafe String(cString: errorText))
    }

    /// 0 when libcurl does not know.
    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return unsafe ccurl_get_long(easy, info, &value) == CURLE_OK ? value : 0
    }

    /// Whether a connection was ready for the request.
    var isConnected: Bool { hasPassed(CURLINFO_PRETRANSFER_TIME_T) }

    /// Whether libcurl has taken the time of an event.
    private func hasPassed(_ info: CURLINFO) -> Bool {
        var microseconds: Int64 = 0
        return unsafe ccurl_get_offset(easy, info, &microseconds) == CURLE_OK && microseconds > 0
    }

    /// Nil when this libcurl cannot tell.
    var usedProxy: Bool? {
        let used = unsafe ccurl_used_proxy(easy)
        return used < 0 ? nil : used > 0
    }

    @unsafe private func transportOptions(
        _ configuration: HTTPClientConfiguration, _ engine: UnsafeMutableRawPointer
    ) -> [CURLcode] {
        unsafe [
            ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText),
            ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1),
            // A cancelled request must not wait for its resolver thread, which would stop the loop for seconds.
            ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1),
            set(CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0),
            // Paths are made here and hold no dots to resolve.
            ccurl_set_long(easy, CURLOPT_PATH_AS_IS, 1),
            ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            set(CURLOPT_ACCEPT_ENCODING, "gzip"),
            // Turns a body away by its Content-Length; what is decoded is counted as it comes.
            ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, Int64(configuration.responseBytesMax)),
            ccurl_set_sink(easy, CURLOPT_HEADERFUNCTION, onHeadLine),
            ccurl_set_sink(easy, CURLOPT_WRITEFUNCTION, onBody),
            ccurl_set_resolver_callback(easy, onResolverStart),
            ccurl_set_socket_callback(easy, onOpenSocket),
            ccurl_set_close_callback(easy, onCloseSocket),
            ccurl_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, engine),
        ]
    }

    /// A proxy that is reached over TLS is held to the same rules as a server.
    private func tlsOptions() -> [CURLcode] {
        unsafe [
            ccurl_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            ccurl_set_long(easy, CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            ccurl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1),
            ccurl_set_long(easy, CURLOPT_PROXY_SSL_VERIFYPEER, 1),
            ccurl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2),
            ccurl_set_long(easy, CURLOPT_PROXY_SSL_VERIFYHOST, 2),
        ]
    }

    /// libcurl of the Swift SDK knows no roots by itself: what is not set here is not trusted.
    private func trustOptions() -> [CURLcode] {
        switch trust {
        case .builtIn:
            #if canImport(CARoots)
                // Called for the server's connection and for a proxy's.
                return unsafe [ccurl_set_tls_callback(easy, onTLSConfiguration)]
            #else
                return []
            #endif
        case .file(let file):
            // SAFETY: libcurl keeps the pointer; the file outlives the handle, which holds it.
            return unsafe [
                ccurl_set_blob(easy, CURLOPT_CAINFO_BLOB, file.pem.baseAddress, file.pem.count),
                ccurl_set_blob(easy, CURLOPT_PROXY_CAINFO_BLOB, file.pem.baseAddress, file.pem.count),
                // The directory that libcurl was built with would be trusted besides.
                ccurl_set_string(easy, CURLOPT_CAPATH, nil),
                ccurl_set_string(easy, CURLOPT_PROXY_CAPATH, nil),
            ]
        }
    }

    private func set(_ option: CURLoption, _ text: String) -> CURLcode {
        // SAFETY: libcurl copies the text.
        unsafe text.withCString { unsafe ccurl_set_string(easy, option, $0) }
    }
}

import CCurl
import System

#if canImport(CARoots)
    import CARoots
    import MbedTLS
#endif

// What libcurl calls. Each one records and returns: none calls libcurl, runs the caller's code or traps.
//
// SAFETY, for all: the context is an object that was retained before libcurl got the pointer, and that is released
// after libcurl's last call; the bytes are libcurl's and are valid during the call.

/// Returning less than came makes libcurl end the transfer.
func onBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    unsafe record(bytes, size, count, context) { $0.takeBody($1) }
}

/// Called with one whole line of a head at a time.
func onHeadLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    unsafe record(bytes, size, count, context) { $0.takeHeadLine($1) }
}

/// Hands bytes to the transfer's assembly. Returns their count, or another number when the assembly refuses them.
private func record(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ take: (inout PartialResponse, Span<UInt8>) -> Bool
) -> Int {
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let (length, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, length >= 0 else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let span = unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(start: bytes, count: length))
    if take(&transfer.assembly, span) { return length }
    return length == 0 ? 1 : 0
}

/// libcurl is about to look a name up. Other than 0 would end the transfer.
func onResolverStart(
    _ resolver: UnsafeMutableRawPointer?, _ reserved: UnsafeMutableRawPointer?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context = unsafe context else { return 0 }
    unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().attempts.startResolving()
    return 0
}

/// libcurl is about to connect to an address, and wants a socket for it.
func onOpenSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let address = unsafe address else { return -1 }
    let socket = unsafe ccurl_open_socket(address)
    guard let context = unsafe context else { return socket }
    var bytes = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    // SAFETY: the call writes at most as many bytes as there are, the zero at their end included.
    let isText = unsafe bytes.withUnsafeMutableBufferPointer {
        unsafe ccurl_address_text(address, $0.baseAddress, $0.count) != 0
    }
    let text = isText ? String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    // Without a socket too: the address is what was tried.
    unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().attempts.open(
        socket, family: address.pointee.family, text: text)
    return socket
}

/// libcurl is done with a socket that `onOpenSocket` has opened.
func onCloseSocket(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t) -> Int32 {
    if let context = unsafe context {
        unsafe Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue().forget(socket)
    }
    return close(socket)
}

/// libcurl wants a socket watched, or not any longer. -1 makes it give up all transfers.
func onSocket(
    _ easy: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: Int32,
    _ context: UnsafeMutableRawPointer?, _ socketContext: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context = unsafe context else { return -1 }
    let engine = unsafe Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue()
    let interest: Interest
    switch what {
    case CURL_POLL_IN: interest = .read
    case CURL_POLL_OUT: interest = .write
    case CURL_POLL_INOUT: interest = [.read, .write]
    case CURL_POLL_REMOVE:
        engine.rest(socket)
        return 0
    default: interest = []
    }
    // Asked only for what is new: most are watched already, for the request before.
    let isOpenedHere = { unsafe Transfer.of(easy)?.attempts.haveOpened(socket) ?? false }
    return engine.watch(socket, interest, isOpenedHere) ? 0 : -1
}

/// libcurl wants to be called after so many milliseconds; -1 for not at all. There is one such time: the last.
func onTimer(_ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let context = unsafe context else { return -1 }
    let engine = unsafe Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue()
    engine.setTimer(milliseconds < 0 ? nil : .milliseconds(milliseconds))
    return 0
}

#if canImport(CARoots)
    /// libcurl has made the configuration of a connection's TLS and is about to use it.
    func onTLSConfiguration(
        _ easy: UnsafeMutableRawPointer?, _ configuration: UnsafeMutableRawPointer?, _ context: UnsafeMutableRawPointer?
    ) -> CURLcode {
        guard let configuration = unsafe configuration else { return CURLE_ABORTED_BY_CALLBACK }
        // SAFETY: the only TLS library of the SDK's libcurl is mbedTLS, whose configuration this is.
        unsafe ca_roots_trust(configuration.assumingMemoryBound(to: mbedtls_ssl_config.self))
        return CURLE_OK
    }
#endif

import HTTPTypes

#if canImport(MbedTLS)
    import MbedTLS
#endif

/// Whether TLS can use a certificate as a root, asked before it must: libcurl and mbedTLS pass over what they cannot,
/// and a server then only seems to be of a foreign authority.
enum CertificateCheck {
    /// Nil where it can be used; OpenSSL, which a host build has, says so itself.
    static func fault(of der: [UInt8]) -> UnusableCertificate.Reason? {
        #if canImport(MbedTLS)
            let refused = RefusedExtension()
            // SAFETY: the certificate is a local that is initialised and freed here; the bytes are read during the
            // call, as is the pointer to the object, which outlives it.
            var certificate = unsafe mbedtls_x509_crt()
            unsafe mbedtls_x509_crt_init(&certificate)
            defer { unsafe mbedtls_x509_crt_free(&certificate) }
            let code = unsafe der.withUnsafeBufferPointer { bytes in
                unsafe mbedtls_x509_crt_parse_der_with_ext_cb(
                    &certificate, bytes.baseAddress, bytes.count, 1, onExtension,
                    Unmanaged.passUnretained(refused).toOpaque())
            }
            if code == 0 { return nil }
            return refused.number.map { .criticalExtension($0) } ?? .unsupported(code: Int(code))
        #else
            return nil
        #endif
    }
}

#if canImport(MbedTLS)
    /// What mbedTLS asked about.
    private final class RefusedExtension {
        var number: String?
    }

    /// mbedTLS knows no such extension, or not what it holds. Other than 0 is an error where it is critical.
    private func onExtension(
        _ context: UnsafeMutableRawPointer?, _ certificate: UnsafePointer<mbedtls_x509_crt>?,
        _ number: UnsafePointer<mbedtls_x509_buf>?, _ isCritical: Int32, _ start: UnsafePointer<UInt8>?,
        _ end: UnsafePointer<UInt8>?
    ) -> Int32 {
        guard isCritical != 0 else { return 0 }
        guard let context = unsafe context, let bytes = unsafe number?.pointee.p, let count = unsafe number?.pointee.len
        else { return MBEDTLS_ERR_X509_INVALID_EXTENSIONS }
        // SAFETY: the bytes are mbedTLS's during the call, and copied.
        let number = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
        unsafe Unmanaged<RefusedExtension>.fromOpaque(context).takeUnretainedValue().number = ObjectNumber.text(number)
        return MBEDTLS_ERR_X509_INVALID_EXTENSIONS
    }
#endif

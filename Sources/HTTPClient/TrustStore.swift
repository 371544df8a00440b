import Reactor

#if canImport(CARoots)
    import CARoots
#endif

/// Owns the root certificates that libcurl reads: the handles that were given `pem` must be gone before the store is.
@safe final class TrustStore {
    /// PEM text; nil for the system's default store.
    let pem: UnsafeRawBufferPointer?
    private let owned: UnsafeMutableRawBufferPointer?

    init(_ trust: HTTPClientConfiguration.Trust) throws(HTTPClientError) {
        switch trust {
        case .builtIn:
            // SAFETY: the program's own constant bytes, which live as long as it runs.
            #if canImport(CARoots)
                unsafe pem = UnsafeRawBufferPointer(start: ca_roots_pem(), count: Int(ca_roots_pem_size))
            #else
                unsafe pem = nil
            #endif
            unsafe owned = nil
        case .file(let path):
            let text = try Self.read(path)
            // SAFETY: filled once, read by libcurl, freed in deinit.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
            unsafe copy.copyBytes(from: text)
            unsafe owned = copy
            unsafe pem = UnsafeRawBufferPointer(copy)
        }
    }

    deinit {
        unsafe owned?.deallocate()
    }

    private static func read(_ path: String) throws(HTTPClientError) -> [UInt8] {
        let text: [UInt8]
        do throws(SystemError) {
            text = try FileReader.read(path: path, bytesMax: Limits.trustFileBytesMax)
        } catch {
            throw .trustFileUnreadable(path: path, error)
        }
        guard holdsCertificate(text) else { throw .trustFileWithoutCertificate(path: path) }
        return text
    }

    private static func holdsCertificate(_ text: [UInt8]) -> Bool {
        text.split(separator: 0x0A).contains { line in
            line.starts(with: "-----BEGIN CERTIFICATE-----".utf8) || line.starts(with: "-----BEGIN TRUSTED CERT".utf8)
        }
    }
}

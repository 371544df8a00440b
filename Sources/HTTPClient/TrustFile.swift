import Reactor

/// Owns the text of a file of root certificates: the handles that were given `pem` must be gone before it is.
@safe final class TrustFile {
    let pem: UnsafeRawBufferPointer

    init(path: String) throws(HTTPClientError) {
        let text: [UInt8]
        do throws(SystemError) {
            text = try FileReader.read(path: path, bytesMax: Limits.trustFileBytesMax)
        } catch {
            throw .trustFileUnreadable(path: path, error)
        }
        guard Self.holdsCertificate(text) else { throw .trustFileWithoutCertificate(path: path) }
        // SAFETY: filled once, read by libcurl, freed in deinit.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
        unsafe copy.copyBytes(from: text)
        unsafe pem = UnsafeRawBufferPointer(copy)
    }

    deinit {
        unsafe pem.deallocate()
    }

    private static func holdsCertificate(_ text: [UInt8]) -> Bool {
        text.split(separator: 0x0A).contains { line in
            line.starts(with: "-----BEGIN CERTIFICATE-----".utf8) || line.starts(with: "-----BEGIN TRUSTED CERT".utf8)
        }
    }
}

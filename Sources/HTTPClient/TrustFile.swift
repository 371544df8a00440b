import Bytes
import HTTPTypes
import System

/// Owns the certificates of a file of root certificates, in PEM: the handles that were given `pem` must be gone before
/// it is.
@safe final class TrustFile {
    let pem: UnsafeRawBufferPointer
    /// Where they are from, and what is in there that cannot be used.
    let authorities: HTTPFailure.Authorities

    init(path: String) throws(HTTPClientError) {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileReader.read(path: path, bytesMax: HTTPClientLimits.trustFileBytesMax)
        } catch {
            throw .trustFileUnreadable(path: path, error)
        }
        let file: CertificateFile
        do throws(CertificateFile.Content) {
            file = try CertificateFile(bytes)
        } catch {
            throw .trustFileWithoutCertificate(path: path, error)
        }
        var unusable = file.unusable
        var text: [UInt8] = []
        for certificate in file.certificates {
            if let reason = CertificateCheck.fault(of: certificate.der) {
                if unusable.count < HTTPClientLimits.unusableMax {
                    let place = unusable.firstIndex { $0.line > certificate.line } ?? unusable.endIndex
                    unusable.insert(UnusableCertificate(line: certificate.line, reason: reason), at: place)
                }
            } else {
                text += "-----BEGIN CERTIFICATE-----\n".utf8
                text += Base64.encode(certificate.der, lineDigits: 64)
                text += "-----END CERTIFICATE-----\n".utf8
            }
        }
        if text.isEmpty, let first = unusable.first { throw .trustFileUnusable(path: path, first) }
        authorities = HTTPFailure.Authorities(file: path, unusable: unusable)
        // SAFETY: filled once, read by libcurl, freed in deinit.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
        unsafe copy.copyBytes(from: text)
        unsafe pem = UnsafeRawBufferPointer(copy)
    }

    deinit {
        unsafe pem.deallocate()
    }
}

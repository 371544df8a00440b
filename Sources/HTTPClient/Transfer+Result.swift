import CCurl
import HTTPTypes
import System

extension Transfer {
    /// What a transfer that libcurl has ended with `code` came to.
    ///
    /// - Parameter bytesMax: of the body once it is unpacked.
    func result(_ code: CURLcode, bytesMax: Int, now: Instant) -> Result<HTTPResponse, HTTPFailure> {
        guard let handle, let origin else { return .failure(.other(CURLE_FAILED_INIT)) }
        guard code == CURLE_OK else {
            return .failure(HTTPFailure(code, self, handle, origin, after: now - started))
        }
        let status = handle.long(CURLINFO_RESPONSE_CODE)
        guard (100...999).contains(status) else { return .failure(.badResponse) }
        // Of the server it would make no sense (RFC 9110 section 15.5.8).
        if status == 407 { return .failure(.proxy(Ending(self, handle, origin).refused(with: status))) }
        // libcurl takes a connection that ends within the head for the end of the head.
        guard assembly.isHeadComplete else { return .failure(.cutOff) }
        var body = assembly.body
        if Gunzip.isGzip(body) && assembly.fields["Content-Encoding"] == nil {
            do throws(HTTPFailure) {
                body = try Gunzip.unpack(body, bytesMax: bytesMax)
            } catch {
                return .failure(error)
            }
        }
        return .success(HTTPResponse(status: status, fields: assembly.fields, body: body))
    }
}

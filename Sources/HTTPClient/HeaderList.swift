import Bytes
import CCurl
import HTTPTypes

/// Owns the field lines of requests as libcurl takes them.
@safe final class HeaderList {
    let fields: HTTPFields
    let list: UnsafeMutablePointer<curl_slist>?

    /// Fails when a field is not well formed, or memory is short.
    init(_ fields: HTTPFields) throws(HTTPFailure) {
        guard fields.lines.allSatisfy({ $0.isWellFormed }) else { throw .invalidRequest(.field) }
        var list: UnsafeMutablePointer<curl_slist>?
        var lines: [String] = []
        for field in fields.lines {
            // libcurl takes "Name:" for "leave this header out", and "Name;" for one without a value.
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // libcurl takes a body without a type for a form.
        if fields["Content-Type"] == nil { lines.append("Content-Type:") }
        for line in lines {
            // SAFETY: the list copies the line; a failure leaves the list as it was. The object frees it in deinit.
            guard let longer = unsafe line.withCString({ unsafe curl_slist_append(list, $0) }) else {
                unsafe curl_slist_free_all(list)
                throw .other(CURLE_OUT_OF_MEMORY)
            }
            unsafe list = longer
        }
        self.fields = fields
        unsafe self.list = list
    }

    deinit {
        unsafe curl_slist_free_all(list)
    }
}

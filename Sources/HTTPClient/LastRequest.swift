import HTTPTypes

/// What the last request used: the next one is likely to go to the same place with the same fields.
struct LastRequest {
    private var headers: HeaderList?
    private var origin: (prefix: [UInt8], origin: Origin)?

    mutating func headers(_ fields: HTTPFields) throws(HTTPFailure) -> HeaderList {
        if let headers, headers.fields == fields { return headers }
        let headers = try HeaderList(fields)
        self.headers = headers
        return headers
    }

    /// What stands before the path settles the origin: a URL that begins as the last one did has the same one.
    mutating func origin(of url: String) throws(HTTPFailure) -> Origin {
        if let origin, Origin.isWritable(url), url.utf8.starts(with: origin.prefix) { return origin.origin }
        do throws(Origin.Fault) {
            let origin = try Origin(url: url)
            self.origin = Origin.prefix(of: url).map { ($0, origin) }
            return origin
        } catch {
            throw .invalidRequest(error == .otherScheme ? .scheme : .url)
        }
    }
}

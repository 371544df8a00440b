import HTTPTypes
import JSON

/// Tells a value from a failure.
enum ResponseReader {
    enum Reading {
        case value(JSONValue)
        /// What is cached is still good (304).
        case notModified
        case failed(UpstreamError)
    }

    static func read(_ response: HTTPResponse, isConditional: Bool) -> Reading {
        switch response.status {
        case 200, 201:
            do throws(JSONError) {
                let limits = JSONLimits(values: UpstreamLimits.answerValuesMax)
                return .value(try JSONValue(parsing: response.body, limits: limits, invalidText: .clean))
            } catch {
                return .failed(response.isWebPage ? .webPage(status: 200) : .brokenJSON(error))
            }
        case 304 where isConditional: return .notModified
        case 429: return .failed(.rateLimited(retryAfter: nil))
        case 500...599:
            let body = response.body.count <= UpstreamLimits.faultBytesMax ? response.body : []
            return .failed(.serverFault(status: response.status, body: body))
        default:
            if response.isWebPage { return .failed(.webPage(status: response.status)) }
            return .failed(.refused(status: response.status, body: response.body))
        }
    }
}

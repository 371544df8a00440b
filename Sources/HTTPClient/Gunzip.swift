import CZlib
import HTTPTypes

/// Undoes gzip (RFC 1952) where libcurl does not: TMDB has sent bodies in gzip without saying so in Content-Encoding.
enum Gunzip {
    /// Whether the bytes begin as gzip does. JSON never does.
    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// Unpacks a whole body. Bytes after the end of the gzip stream are left out.
    static func unpack(_ packed: [UInt8], bytesMax: Int) throws(HTTPFailure) -> [UInt8] {
        guard let length = UInt32(exactly: packed.count) else { throw .badEncoding }
        var body: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: HTTPClientLimits.gunzipChunkBytes)
        var stream = unsafe z_stream()
        guard unsafe czlib_start_gunzip(&stream) == Z_OK else { throw .other(code: 0, reason: "zlib has no memory") }
        defer { _ = unsafe inflateEnd(&stream) }
        // zlib's interface lacks a const; it only reads the input.
        var input = packed
        while true {
            let consumed = Int(clamping: unsafe stream.total_in)
            // SAFETY: zlib reads at most avail_in bytes behind next_in and writes at most avail_out behind next_out,
            // both within their arrays and within the closures.
            let code = unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe chunk.withUnsafeMutableBufferPointer { output in
                    unsafe stream.next_in = input.baseAddress?.advanced(by: consumed)
                    unsafe stream.avail_in = length - UInt32(clamping: consumed)
                    unsafe stream.next_out = output.baseAddress
                    unsafe stream.avail_out = UInt32(clamping: output.count)
                    return unsafe inflate(&stream, Z_NO_FLUSH)
                }
            }
            guard code == Z_OK || code == Z_STREAM_END else { throw .badEncoding }
            let count = chunk.count - Int(clamping: unsafe stream.avail_out)
            guard count <= bytesMax - body.count else { throw .tooLarge(.body, bytesMax: bytesMax) }
            body += chunk.prefix(count)
            if code == Z_STREAM_END { return body }
        }
    }
}

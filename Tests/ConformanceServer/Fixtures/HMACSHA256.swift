/// A code that only who knows the key can make: HMAC (RFC 2104) with SHA-256.
public enum HMACSHA256 {
    /// The 32 bytes of the code.
    public static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var key = key.count > SHA256.blockBytes ? SHA256.hash(key) : key
        while key.count < SHA256.blockBytes { key.append(0) }
        let inner = SHA256.hash(key.map { $0 ^ 0x36 } + message)
        return SHA256.hash(key.map { $0 ^ 0x5c } + inner)
    }
}

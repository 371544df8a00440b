/// What a parser accepts before it refuses a text.
public struct JSONLimits: Sendable {
    /// The most that ``depth`` can be. Parsing, writing, comparing and releasing a value recurse once a level; at this
    /// depth each takes less than 96 KiB of stack, while the smallest stack here, that of a musl thread, has 128 KiB.
    public static let depthMax = 512

    /// Arrays and objects inside one another. MCP messages and answers of TMDB stay below 20; 128 levels take less than
    /// 32 KiB of stack.
    public let depth: Int

    /// Bytes of the whole text. The largest answers of TMDB have some hundred kB.
    public let bytes: Int

    /// Values in the text, containers included. One needs 2 bytes of text and takes up to 160 bytes of memory, its
    /// strings aside; so this bounds what a text of any length can claim to 21 MB and a few times its own size.
    public let values: Int

    /// Bytes of one number. No `Double` needs more than 1,077 to be written exactly, and the time that a long number
    /// takes to be read stays small.
    public let numberBytes: Int

    /// - Parameter depth: is taken as ``depthMax`` when it is more.
    public init(depth: Int = 128, bytes: Int = 4 << 20, values: Int = 1 << 17, numberBytes: Int = 1_100) {
        self.depth = min(depth, Self.depthMax)
        self.bytes = bytes
        self.values = values
        self.numberBytes = numberBytes
    }
}

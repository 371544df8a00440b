import CSystem

/// What the process was started with.
public enum ProcessArguments {
    /// The arguments, the program's name first. Bytes that are not UTF-8 are replaced. To be read before the
    /// environment is changed, which moves what tells their place.
    public static func read() -> [String] {
        var arguments: [String] = []
        // SAFETY: the kernel's list of terminated strings, ended by a null; it lives as long as the process.
        var next = unsafe csystem_arguments()
        while let argument = unsafe next?.pointee {
            unsafe arguments.append(String(cString: argument))
            unsafe next = next?.advanced(by: 1)
        }
        return arguments
    }
}

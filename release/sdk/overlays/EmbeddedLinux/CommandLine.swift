/// What a program was called with. The compiler imports this module everywhere: Embedded Swift has no `CommandLine`.
public enum CommandLine {
    /// How many arguments there are, the program's own name included.
    public static var argc: Int32 { unsafe start().count }

    /// The arguments as the kernel has laid them out, with a null pointer behind the last.
    public static var unsafeArgv: UnsafeMutablePointer<UnsafeMutablePointer<Int8>?> { unsafe start().vector }

    /// The arguments as text, the program's own name first.
    nonisolated(unsafe) public static var arguments: [String] = makeArguments()

    private static func makeArguments() -> [String] {
        let (count, vector) = unsafe start()
        var arguments: [String] = []
        for index in 0..<Int(count) {
            if let text = unsafe vector[index] { unsafe arguments.append(String(cString: text)) }
        }
        return arguments
    }

    private static func start() -> (count: Int32, vector: UnsafeMutablePointer<UnsafeMutablePointer<Int8>?>) {
        var count: Int32 = 0
        let vector = unsafe swift_musl_arguments(&count)
        return unsafe (count, vector)
    }
}

// c/arguments.c
@_silgen_name("swift_musl_arguments")
private func swift_musl_arguments(_ count: UnsafeMutablePointer<Int32>)
    -> UnsafeMutablePointer<UnsafeMutablePointer<Int8>?>

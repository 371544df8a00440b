#if !os(Linux) || !canImport(Musl)
    #error("not Linux")
#endif
import Musl

/// How many lengths there are at which a copy, from and to any alignment, is not the original or writes beside itself.
func copiesThatDiffer() -> Int {
    let original = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
    return (0...300).count { length in
        (0..<16).contains { offset in
            var copy = [UInt8](repeating: 0, count: 400)
            copy.withUnsafeMutableBufferPointer { to in
                original.withUnsafeBufferPointer { from in
                    guard let to = to.baseAddress, let from = from.baseAddress else { return }
                    memcpy(to + offset, from + (15 - offset), length)
                }
            }
            let expected = original[(15 - offset)...].prefix(length)
            return !copy[offset...].starts(with: expected) || copy[..<offset].contains { $0 != 0 }
                || copy[(offset + length)...].contains { $0 != 0 }
        }
    }
}

nonisolated(unsafe) var ran = 0
@main struct Linux {
    static func main() {
        print("arguments: \(CommandLine.argc) \(CommandLine.arguments.dropFirst().joined(separator: ","))")
        while let line = readLine() { print("line: \(line)") }
        errno = 0
        let missing = open("/nonexistent/file", O_RDONLY)
        print("open: \(missing) \(errno == ENOENT) \(String(cString: strerror(errno)))")
        var information = stat()
        print("stat: \(stat("/", &information)) directory \(S_ISDIR(information.st_mode))")
        let folder = opendir("/")
        var entries = 0
        while readdir(folder) != nil { entries += 1 }
        closedir(folder)
        print("entries: \(entries > 2)")
        let flags = fcntl(1, F_GETFL)
        print("fcntl: \(flags >= 0)")
        var size = winsize()
        errno = 0
        print("ioctl: \(ioctl(1, UInt(TIOCGWINSZ), &size)) \(errno == ENOTTY)")
        let (fraction, exponent) = frexp(Float(3))
        let (part, whole) = modf(3.5)
        print(
            "mathematics: \(sin(0.5)) \(pow(Float(2), 0.5)) \(floor(2.7)) \(fmod(7.5, 2)) "
                + "(\(fraction), \(exponent)) (\(part + 1), \(whole - 1))")
        let (least, power) = frexp(-Float(bitPattern: 1))
        let (none, infinite) = modf(-Double.infinity)
        print(
            "of Float: \(ldexp(Float(1), 3)) \(ilogb(Float(8))) \(fmax(Float(1), 2)) \(lgamma(Float(1))) "
                + "(\(least), \(power)) (\(none), \(infinite))")
        print("copies that differ: \(copiesThatDiffer())")
        fputs("to stderr\n", stderr)
        _ = "text".withCString { text in
            printf("printf: %d %5.2f %s %lld %g\n", Int32(-7), 2.5, text, Int64(1) << 40, Float(0.1))
        }
        fprintf(stderr, "fprintf: %x %f\n", UInt32(255), Float(1.5))
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            guard let start = buffer.baseAddress else { return }
            let written = snprintf(start, 32, "%03d-%d-%g", Int32(5), Int32(6), 0.1)
            print("snprintf: \(written) \(String(cString: start))")
        }
        var thread: pthread_t?
        pthread_create(
            &thread, nil,
            { _ in
                ran += 1; return nil
            }, nil)
        if let thread { pthread_join(thread, nil) }
        print("pthread: \(ran)")
        print("Float16: \(Float16("1.5") ?? 0)")
        #if arch(x86_64)
            print("Float80: \(Float80("0.1") ?? 0) \(sin(Float80(0.5)))")
        #endif
        print("environment: \(getenv("PATH") != nil)")
        fflush(stdout)
        switch CommandLine.arguments.dropFirst().first {
        case "trap":
            print("before")
            print("\(CommandLine.arguments[Int(CommandLine.argc)])")
        case "fatal": fatalError("on purpose")
        case "signal": kill(getpid(), SIGILL)
        default: break
        }
    }
}

import Glibc
import System
import TestSupport
import Testing

struct ValueTests {
    @Test("arithmetic on time stops at the ends of the range")
    func saturation() {
        #expect(TimeSpan.seconds(.max).nanoseconds == .max)
        #expect(TimeSpan.milliseconds(.min).nanoseconds == .min)
        let late = Instant(nanoseconds: .max)
        let early = Instant(nanoseconds: .min)
        #expect(late + .seconds(1) == late)
        #expect(early + .seconds(-1) == early)
        #expect((late - early).nanoseconds == .max)
        #expect((early - late).nanoseconds == .min)
        #expect((early - Instant(nanoseconds: 0)).nanoseconds == .min)
        #expect(Instant(nanoseconds: 5) - Instant(nanoseconds: 7) == TimeSpan(nanoseconds: -2))
    }

    @Test(
        "a wait is rounded up to whole milliseconds and kept within epoll's range",
        arguments: [
            (Int64.min, Int32(0)), (-1, 0), (0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2),
            (.max, .max),
        ])
    func waiting(nanoseconds: Int64, milliseconds: Int32) {
        #expect(TimeSpan(nanoseconds: nanoseconds).millisecondsToWait == milliseconds)
    }

    @Test("a system error says the call, the reason and the number")
    func errors() {
        #expect(
            SystemError(call: "open", code: ENOENT).message == "open: No such file or directory (errno 2)")
    }

    @Test("a non-blocking descriptor says when a read or write would block, and the mode can be put back")
    func nonblocking() throws {
        let ends = Ends()
        #expect(try DescriptorIO.setNonblocking(ends.reading, true) == false)
        #expect(try DescriptorIO.setNonblocking(ends.writing, true) == false)
        var buffer = [UInt8](repeating: 0, count: 4)
        #expect(try DescriptorIO.read(ends.reading, into: &buffer) == .wouldBlock)
        let bytes = [UInt8](repeating: 1, count: 1 << 20)
        guard case .bytes(let written) = try DescriptorIO.write(ends.writing, bytes.span) else {
            Issue.record("nothing was written")
            return
        }
        #expect(written < bytes.count)
        #expect(try DescriptorIO.write(ends.writing, bytes.span) == .wouldBlock)
        #expect(try DescriptorIO.read(ends.reading, into: &buffer) == .bytes(4))
        #expect(try DescriptorIO.setNonblocking(ends.reading, false) == true)
        #expect(throws: SystemError(call: "fcntl", code: EBADF)) { try DescriptorIO.setNonblocking(-1, true) }
        #expect(throws: SystemError(call: "read", code: EBADF)) { try DescriptorIO.read(-1, into: &buffer) }
    }

    @Test("a file is read up to the limit, refused beyond it, and its descriptor closed")
    func files() throws {
        let text = String(repeating: "0123456789", count: 5000)
        let file = TemporaryFile(text)
        #expect(try FileReader.read(path: file.path, bytesMax: 50_000) == Array(text.utf8))
        #expect(throws: SystemError(call: "read", code: EFBIG)) {
            try FileReader.read(path: file.path, bytesMax: 49_999)
        }
        #expect(throws: SystemError(call: "open", code: ENOENT)) {
            try FileReader.read(path: file.path + ".none", bytesMax: 1)
        }
        #expect(throws: SystemError(call: "read", code: EISDIR)) {
            try FileReader.read(path: "/tmp", bytesMax: 1)
        }
        // Other tests run meanwhile and open descriptors of their own.
        let left = (0..<20_000).filter { number in
            var target = [CChar](repeating: 0, count: 4096)
            let count = readlink("/proc/self/fd/\(number)", &target, target.count)
            let name = target.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
            return String(decoding: name, as: UTF8.self) == file.path
        }
        #expect(left.isEmpty)
    }
}

import HTTPClient
import HTTPTypes
import Testing

extension ClientTests {
    private static let gzip = ["Content-Encoding: gzip"]

    @Test("a gzip body is undone")
    func gzip() throws {
        let packed = try run("sh", "-c", "printf 'hello hello hello' | gzip -c")
        let server = TestServer { _ in response("200 OK", Self.gzip, body: packed) }
        #expect(try Harness().get(server.url()).response().body == Array("hello hello hello".utf8))
    }

    @Test("a gzip body that is broken is a bad encoding", arguments: [0, 10, 12])
    func brokenGzip(position: Int) throws {
        var body = try run("sh", "-c", "printf 'hello hello hello' | gzip -c")
        body[position] ^= 0xFF
        let server = TestServer { [body] _ in response("200 OK", Self.gzip, body: body) }
        #expect(try Harness().get(server.url()).failure() == .badEncoding)
    }

    @Test("a gzip body that is not labelled as one is undone")
    func unlabelledGzip() throws {
        let packed = try run("sh", "-c", "head -c 100000 /dev/zero | gzip -c")
        let server = TestServer { _ in response("200 OK", body: packed) }
        #expect(try Harness().get(server.url()).response().body == [UInt8](repeating: 0, count: 100_000))
    }

    @Test("an unlabelled gzip body that is cut short or broken is a bad encoding", arguments: [2, 9, 15])
    func brokenUnlabelledGzip(count: Int) throws {
        let packed = try run("sh", "-c", "printf 'hello hello hello' | gzip -c")
        let cut = TestServer { _ in response("200 OK", body: Array(packed.prefix(count))) }
        #expect(try Harness().get(cut.url()).failure() == .badEncoding)
        var broken = packed
        broken[packed.count - count / 2 - 1] ^= 0xFF
        let server = TestServer { [broken] _ in response("200 OK", body: broken) }
        #expect(try Harness().get(server.url()).failure() == .badEncoding)
    }

    @Test("an unlabelled gzip bomb is refused at the limit")
    func unlabelledBomb() throws {
        let packed = try run("sh", "-c", "head -c 50000000 /dev/zero | gzip -9 -c")
        let server = TestServer { _ in response("200 OK", body: packed) }
        let outcome = try Harness { $0.responseBytesMax = 1_000_000 }.get(server.url())
        #expect(try outcome.failure() == .tooLarge(.body, bytesMax: 1_000_000))
    }

    @Test("an encoding that was not asked for is a bad encoding")
    func unknownEncoding() throws {
        let server = TestServer { _ in response("200 OK", ["Content-Encoding: rot13"], body: Array("uryyb".utf8)) }
        #expect(try Harness().get(server.url()).failure() == .badEncoding)
    }

    @Test("a small body that unpacks to a huge one is refused at the limit")
    func bomb() throws {
        let packed = try run("sh", "-c", "head -c 50000000 /dev/zero | gzip -9 -c")
        #expect(packed.count < 100_000)
        let server = TestServer { _ in response("200 OK", Self.gzip, body: packed) }
        let outcome = try Harness { $0.responseBytesMax = 1_000_000 }.get(server.url())
        #expect(try outcome.failure() == .tooLarge(.body, bytesMax: 1_000_000))
    }

    @Test("a body at the limit is taken, one byte more is refused", arguments: ["length", "chunks", "close"])
    func limit(framing: String) throws {
        let limit = 100_000
        let harness = try Harness { $0.responseBytesMax = limit }
        for count in [limit, limit + 1] {
            let body = [UInt8](repeating: 0x61, count: count)
            let server = TestServer { connection in
                guard connection.readHead() != nil else { return }
                switch framing {
                case "length": connection.send(response(body: body))
                case "chunks":
                    connection.send(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n")
                    connection.send(body)
                    connection.send("\r\n0\r\n\r\n")
                default:
                    connection.send("HTTP/1.1 200 OK\r\n\r\n")
                    connection.send(body)
                }
                connection.endWriting()
                while connection.read() != nil {}
            }
            let outcome = try harness.get(server.url())
            if count == limit {
                #expect(try outcome.response().body.count == limit)
            } else {
                #expect(try outcome.failure() == .tooLarge(.body, bytesMax: limit))
            }
        }
    }

    @Test("a body without end is refused at the limit")
    func endless() throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while connection.send([UInt8](repeating: 0x61, count: 100_000)) {}
        }
        let outcome = try Harness { $0.responseBytesMax = 300_000 }.get(server.url())
        #expect(try outcome.failure() == .tooLarge(.body, bytesMax: 300_000))
    }

    @Test("an announced length that is a lie costs nothing", arguments: ["99999999999999999999", "-1", "8000000"])
    func announced(length: String) throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\nabc")
        }
        _ = try Harness().get(server.url()).failure()
    }

    @Test("a head at the limit is taken, one byte more is refused", arguments: [65_536, 65_537])
    func headLimit(count: Int) throws {
        let server = TestServer { connection in
            guard connection.readHead() != nil else { return }
            let start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
            // Lines of 64 bytes, then one that fills the head up; the empty line ends it.
            var rest = count - start.utf8.count - 2
            var head = start
            while rest > 128 {
                head += "X-Fill: " + String(repeating: "a", count: 54) + "\r\n"
                rest -= 64
            }
            head += "X-Fill: " + String(repeating: "a", count: rest - 10) + "\r\n\r\n"
            precondition(head.utf8.count == count)
            connection.send(head)
        }
        let outcome = try Harness().get(server.url())
        if count == 65_536 {
            #expect(try outcome.response().status == 200)
        } else {
            #expect(try outcome.failure() == .tooLarge(.head, bytesMax: 65_536))
        }
    }
}

import HTTPTypes
import TestSupport
import HTTPServer

import Testing

struct StreamTests {
    static let get = "GET /s HTTP/1.1\r\nHost: h\r\n\r\n"

    /// A server whose requests become streams, and the streams.
    final class Streams {
        let bench: Bench
        var exchanges: [ResponseWriter] = []
        var closed = 0

        init(queuedBytesMax: Int = 1 << 20, sendBufferBytes: Int32? = nil) throws {
            bench = try Bench()
            bench.limits.queuedBytesMax = queuedBytesMax
            // Weak: the end of the test closes what is open.
            bench.onRequest = { [weak self] _, _, writer in
                writer.onClose { [weak self] in self?.closed += 1 }
                writer.startStream(200, HTTPFields([("Content-Type", "text/event-stream")]))
                self?.exchanges.append(writer)
            }
            try bench.start(sendBufferBytes: sendBufferBytes)
        }

        func open(_ text: String = StreamTests.get, receiveBufferBytes: Int32? = nil) throws -> Client {
            let client = try bench.client(receiveBufferBytes: receiveBufferBytes)
            let count = exchanges.count
            try client.send(text)
            try bench.run { [self] in exchanges.count > count }
            return client
        }

        func write(_ text: String) { exchanges[exchanges.count - 1].write { $0.append(contentsOf: text.utf8) } }
    }

    @Test("a stream's writes are chunks, its end is the last, and the connection goes on")
    func chunks() throws {
        let streams = try Streams()
        let client = try streams.open()
        try streams.bench.run { client.text.hasSuffix("\r\n\r\n") }
        #expect(client.text.contains("\r\nTransfer-Encoding: chunked\r\n"))
        streams.write("hello")
        streams.write("")
        let longer = String(repeating: "x", count: 26)
        streams.write(longer)
        try streams.bench.run { client.text.hasSuffix("\r\n\r\n5\r\nhello\r\n1a\r\n\(longer)\r\n") }
        streams.exchanges[0].endStream()
        #expect(!streams.exchanges[0].isOpen)
        streams.write("late")
        try client.send(Self.get)
        try streams.bench.run { client.text.count200 == 2 && streams.exchanges.count == 2 }
        #expect(client.text.contains("\r\n0\r\n\r\nHTTP/1.1 200") && !client.text.contains("late"))
        #expect(streams.closed == 0)
    }

    @Test("a stream for HTTP/1.0 ends with its connection")
    func oldVersion() throws {
        let streams = try Streams()
        let client = try streams.open("GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        streams.write("hello")
        streams.exchanges[0].endStream()
        try streams.bench.run { client.hasEnded }
        #expect(client.text.hasSuffix("\r\nConnection: close\r\n\r\nhello"))
        #expect(!client.text.contains("chunked"))
    }

    @Test("HEAD gets a stream's head only")
    func head() throws {
        let streams = try Streams()
        let client = try streams.open("HEAD /s HTTP/1.1\r\nHost: h\r\n\r\n")
        streams.write("hello")
        streams.exchanges[0].endStream()
        try client.send(Self.get)
        try streams.bench.run { client.text.count200 == 2 }
        #expect(client.text.components(of: "\r\n\r\n").first?.hasPrefix("HTTP/1.1 200 OK") == true)
    }

    enum Departure: CaseIterable {
        case close, halfClose, reset
    }

    @Test("a client that goes is noticed while nothing is written", arguments: Departure.allCases, [false, true])
    func departure(how: Departure, withUnreadInput: Bool) throws {
        let streams = try Streams()
        let client = try streams.open()
        if withUnreadInput {
            try client.send(Self.get)
            try streams.bench.run(turns: 3)
        }
        switch how {
        case .close: client.close()
        case .halfClose: client.endOutput()
        case .reset: client.reset()
        }
        try streams.bench.run { streams.closed == 1 }
        #expect(!streams.exchanges[0].isOpen && streams.exchanges.count == 1)
        streams.write("late")
        streams.exchanges[0].endStream()
        #expect(streams.bench.server?.openConnections == 0)
    }

    @Test("a reset while an answer is awaited calls onClose", arguments: [false, true])
    func resetWhileHandling(afterInputEnd: Bool) throws {
        let bench = try Bench()
        var events: [String] = []
        bench.onRequest = { _, _, writer in
            writer.onClose { events.append("closed") }
            writer.onInputEnd { events.append("input ended") }
        }
        try bench.start()
        let client = try bench.client()
        try client.send(Self.get)
        try bench.run { bench.requests.count == 1 }
        if afterInputEnd {
            client.endOutput()
            try bench.run { events == ["input ended"] }
        }
        client.reset()
        try bench.run { events.last == "closed" }
        #expect(events.count == (afterInputEnd ? 2 : 1))
    }

    @Test("an aborted stream ends without its last chunk and without onClose")
    func abort() throws {
        let streams = try Streams()
        let client = try streams.open()
        streams.exchanges[0].abort()
        try streams.bench.run { client.hasEnded }
        #expect(!client.text.hasSuffix("0\r\n\r\n") && streams.closed == 0)
    }

    @Test("a slow reader of a large answer gets all of it through small buffers")
    func slowReader() throws {
        let bench = try Bench()
        let size = 300_000
        bench.onRequest = { _, _, writer in
            writer.respond(200) { $0.append(contentsOf: [UInt8](repeating: 120, count: size)) }
        }
        try bench.start(sendBufferBytes: 4096)
        let client = try bench.client(receiveBufferBytes: 4096)
        try client.send(Self.get + Self.get)
        var count = 0
        try bench.run {
            client.read(atMost: 2000)
            if client.bytes.count > size * 2 { count = client.text.count200 }
            return count == 2
        }
        #expect(client.bytes.filter { $0 == 120 }.count == size * 2)
    }

    @Test("a message that is longer than a reader may leave unread arrives when nothing else waits")
    func longMessage() throws {
        let streams = try Streams(queuedBytesMax: 1000, sendBufferBytes: 4096)
        let client = try streams.open(receiveBufferBytes: 4096)
        try streams.bench.run { client.text.hasSuffix("\r\n\r\n") }
        let text = String(repeating: "x", count: 1_000_000)
        for _ in 1...2 {
            let before = client.bytes.count
            streams.write(text)
            try #require(streams.closed == 0)
            try streams.bench.run {
                client.read(atMost: 65536)
                return client.bytes.count >= before + text.utf8.count
            }
        }
        streams.write(text)
        streams.write("y")
        #expect(streams.closed == 0)
        streams.write(text)
        #expect(streams.closed == 1 && streams.bench.server?.counters.slowReaders == 1)
    }

    @Test("a stream's reader may leave so much unread, and what is more aborts it")
    func queue() throws {
        let streams = try Streams(queuedBytesMax: 1 << 20, sendBufferBytes: 4096)
        let client = try streams.open(receiveBufferBytes: 4096)
        try streams.bench.run { client.text.hasSuffix("\r\n\r\n") }
        // Nearly the limit, and the same again once it has been read.
        let text = String(repeating: "x", count: 1_000_000)
        for _ in 0..<2 {
            let before = client.bytes.count
            streams.write(text)
            try streams.bench.run(turns: 3)
            #expect(streams.exchanges[0].isOpen)
            try streams.bench.run {
                client.read(atMost: 65536)
                return client.bytes.count >= before + text.utf8.count
            }
        }
        streams.write(text)
        try streams.bench.run(turns: 3)
        streams.write(text)
        #expect(streams.closed == 1 && !streams.exchanges[0].isOpen)
        #expect(streams.bench.server?.counters.slowReaders == 1)
    }
}

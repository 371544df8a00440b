import Foundation
import HTTPClient
import HTTPTypes
import EventLoop
import System
import Testing

typealias Outcome = Result<HTTPResponse, HTTPFailure>

/// A client on a loop of its own, run by the test's thread.
final class Harness {
    let loop: EventLoop
    private(set) var client: HTTPClient?

    init(_ configure: (inout HTTPClientConfiguration) -> Void = { _ in }) throws {
        try Signal.prepareProcess(receiving: [])
        loop = try EventLoop()
        var configuration = HTTPClientConfiguration()
        configure(&configuration)
        client = try HTTPClient(loop: loop, configuration: configuration)
    }

    func endClient() {
        client = nil
    }

    @discardableResult
    func send(_ url: String, _ completion: @escaping (Outcome) -> Void) throws -> HTTPCallID {
        let headers = HTTPFields([HTTPField(name: "Authorization", value: "Bearer SECRETKEY")])
        return try #require(client).send(HTTPRequest(url: url, headers: headers), completion: completion)
    }

    func get(_ url: String, _ location: SourceLocation = #_sourceLocation) throws -> Outcome {
        let headers = HTTPFields([HTTPField(name: "Authorization", value: "Bearer SECRETKEY")])
        return try get(HTTPRequest(url: url, headers: headers), location)
    }

    func get(_ request: HTTPRequest, _ location: SourceLocation = #_sourceLocation) throws -> Outcome {
        var outcome: Outcome?
        try #require(client).send(request) {
            outcome = $0
            self.loop.stop()
        }
        try runToStop(location)
        return try #require(outcome)
    }

    /// Sends all at once and waits for every one.
    func getAll(_ urls: [String], _ location: SourceLocation = #_sourceLocation) throws -> [Outcome?] {
        var outcomes = [Outcome?](repeating: nil, count: urls.count)
        var left = urls.count
        for (index, url) in urls.enumerated() {
            try send(url) {
                #expect(outcomes[index] == nil)
                outcomes[index] = $0
                left -= 1
                if left == 0 { self.loop.stop() }
            }
        }
        try runToStop(location)
        return outcomes
    }

    /// A loop that nothing stops fails the test instead of hanging it.
    func runToStop(_ location: SourceLocation = #_sourceLocation) throws {
        let watchdog = loop.schedule(after: .seconds(60)) {
            Issue.record("nothing stopped the loop", sourceLocation: location)
            self.loop.stop()
        }
        try loop.run()
        loop.cancel(watchdog)
    }
}

extension Outcome {
    func response(_ location: SourceLocation = #_sourceLocation) throws -> HTTPResponse {
        switch self {
        case .success(let response): return response
        case .failure(let failure):
            Issue.record("\(failure): \(failure.message)", sourceLocation: location)
            throw failure
        }
    }

    /// The failure, which must not hold the key in any form.
    func failure(_ location: SourceLocation = #_sourceLocation) throws -> HTTPFailure {
        guard case .failure(let failure) = self else {
            Issue.record("succeeded", sourceLocation: location)
            throw CancellationError()
        }
        #expect(!"\(failure)".contains("SECRET"), sourceLocation: location)
        #expect(!failure.message.contains("SECRET"), sourceLocation: location)
        #expect(!failure.message.contains("api_key"), sourceLocation: location)
        return failure
    }
}

/// Tells when it goes.
final class Canary {
    private let onEnd: () -> Void

    init(onEnd: @escaping () -> Void) {
        self.onEnd = onEnd
    }

    deinit {
        onEnd()
    }
}

/// Runs a program of the system to its end and returns what it wrote.
@discardableResult
func run(_ program: String, _ arguments: String..., in directory: URL? = nil) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = directory
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments)")
    return Array(bytes)
}

import Foundation
import HTTPTypes
import JSON
import Testing

/// The answers of the stand-in for TMDB, Tests/StandIn, in a process of its own.
final class SampleAnswers: @unchecked Sendable {
    static let shared = Result { try SampleAnswers() }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("StandIn")

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let lock = NSLock()
    /// What was read and is no whole line yet.
    private var rest = Data()

    private init() throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Self.folder.path, "--on-lines"]
        process.standardInput = input
        process.standardOutput = output
        // It ends with the tests' process: its input does.
        try process.run()
    }

    /// Every path that the stand-in answers, with its query, but for those with an id that is drawn.
    static func targets() throws -> [String] {
        let table = try String(contentsOf: folder.appendingPathComponent("shapes.tsv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == 3, !cells[0].contains("{") else { return nil }
            return "/\(cells[0])" + (cells[1].isEmpty ? "" : "?\(cells[1])")
        }
    }

    func answer(_ target: String) throws -> (status: Int, body: String) {
        lock.lock()
        defer { lock.unlock() }
        try input.fileHandleForWriting.write(contentsOf: Data("\(target)\n".utf8))
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
                rest = Data(rest[rest.index(after: end)...])
                let parts = line.split(separator: " ", maxSplits: 1)
                return (try #require(Int(parts[0])), String(parts[1]))
            }
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "the stand-in has ended")
            rest.append(more)
        }
    }

    /// - Parameter change: what becomes of each body before it is sent.
    func upstream(_ change: @escaping (JSONValue) -> JSONValue = { $0 }) -> Upstream {
        let upstream = Upstream()
        upstream.answer = { [self] target in
            do {
                let (status, body) = try answer(target)
                return response(status, change(try JSONValue(parsing: Array(body.utf8))).text)
            } catch {
                Issue.record(error)
                return nil
            }
        }
        return upstream
    }
}

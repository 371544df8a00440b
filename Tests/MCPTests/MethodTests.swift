import Foundation
import JSON
import MCP
import Testing

struct MethodTests {
    /// The tasks of 2025-11-25, an experiment that later revisions took back: an extension has taken its place.
    private static let leftOut: Set = ["tasks/get", "tasks/result", "tasks/cancel", "tasks/list"]

    @Test("the methods of each era are those of the schema's ClientRequest", arguments: ProtocolVersion.allCases)
    func schema(version: ProtocolVersion) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Schemas/\(version.text).json")
        let schema = try JSONValue(parsing: Array(Data(contentsOf: file)).span)
        let types = schema["$defs"] ?? schema["definitions"] ?? [:]
        let requests = try #require(types["ClientRequest"]?["anyOf"]?.array)
        let names = requests.compactMap { request -> String? in
            let type = request["$ref"]?.string?.split(separator: "/").last.map(String.init) ?? ""
            return types[type]?["properties"]?["method"]?["const"]?.string
        }
        #expect(names.count == requests.count)
        let known = Method.allCases.filter { $0.exists(in: version.era) }.map(\.rawValue)
        #expect(Set(known) == Set(names).subtracting(Self.leftOut))
    }
}

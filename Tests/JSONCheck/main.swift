// Says for each file whether the JSON module accepts it, so that a test suite can be run against the module.
// Exit status: 0 when all were accepted, 1 when one was refused, 2 for wrong usage or a file that cannot be read.
import Foundation
import JSON

let paths = CommandLine.arguments.dropFirst()
if paths.isEmpty {
    FileHandle.standardError.write(Data("usage: json-check FILE...\n".utf8))
    exit(2)
}
var status: Int32 = 0
for path in paths {
    guard let data = FileManager.default.contents(atPath: path) else {
        FileHandle.standardError.write(Data("json-check: cannot read \(path)\n".utf8))
        exit(2)
    }
    do throws(JSONError) {
        _ = try JSONValue(parsing: [UInt8](data))
        print("accepted \(path)")
    } catch {
        print("refused \(path)\t\(error.message)")
        status = 1
    }
}
exit(status)

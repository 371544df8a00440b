import Bytes

/// A tool, and what may follow its name on the command line. No name holds whitespace or another sign that a shell
/// knows.
package struct CompletedTool {
    package struct Argument {
        let name: String
        /// The values to choose from, those that a shell takes as they are; none where there are others.
        let values: [String]

        package init(name: String, values: [String]) {
            self.name = name
            self.values = values.filter { value in
                value.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._-".utf8.contains($0) }
            }
        }
    }

    let name: String
    let arguments: [Argument]

    package init(name: String, arguments: [Argument]) {
        self.name = name
        self.arguments = arguments
    }

    /// The names of arguments with a choice, and their values.
    var choices: [Argument] { arguments.filter { !$0.values.isEmpty } }
}

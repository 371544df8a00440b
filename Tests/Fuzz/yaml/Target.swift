import Configuration

/// The config file never traps, its problems are short lines with a place, and a token that is added can be read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzYAML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe bytes(start, count)
    read(input)
    edit(input, replaces: false)
    edit(input, replaces: true)
    return 0
}

private func read(_ input: [UInt8]) {
    let file = ConfigFile(path: "/file", contents: input)
    for problem in file.problems {
        let line = problem.line
        require(line.hasPrefix("/file:"), "a problem tells its place")
        require(line.utf8.count < 500, "a problem is short")
        require(!line.utf8.contains(UInt8(ascii: "\n")), "a problem has one line")
    }
}

private func edit(_ input: [UInt8], replaces: Bool) {
    switch ConfigFileEditor.adding("T0ken", to: input, replaces: replaces) {
    case .impossible: break
    case .present: require(!replaces, "a token that is to be replaced is no reason to do nothing")
    case .text(let new):
        require(ConfigFileEditor.adding("other", to: new) == .present("T0ken"), "what was added is there")
        // Impossible where YAML sees line ends that are none of the file's, such as a lone carriage return.
        let again = ConfigFileEditor.adding("T0ken", to: new, replaces: true)
        require(again == .text(new) || again == .impossible, "a token that is replaced by itself changes nothing")
    }
}

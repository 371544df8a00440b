/// What formatted output takes as an argument, up to eight of them. A String goes as a pointer:
/// `text.withCString { printf("%s\n", $0) }`.
public protocol CVarArg {
    func _append(to arguments: inout _CArguments)
}

/// Arguments in memory, each as on a stack.
public struct _CArguments {
    var words: [UInt] = []

    mutating func append(_ value: some FixedWidthInteger) {
        #if _pointerBitWidth(_64)
            words.append(UInt(truncatingIfNeeded: value))
        #else
            if value.bitWidth <= 32 { return words.append(UInt(truncatingIfNeeded: value)) }
            #if arch(arm)
                if words.count % 2 != 0 { words.append(0) }
            #endif
            words.append(UInt(truncatingIfNeeded: value))
            words.append(UInt(truncatingIfNeeded: value >> 32))
        #endif
    }
}

extension FixedWidthInteger {
    public func _append(to arguments: inout _CArguments) { arguments.append(self) }
}

extension Int: CVarArg {}
extension Int8: CVarArg {}
extension Int16: CVarArg {}
extension Int32: CVarArg {}
extension Int64: CVarArg {}
extension UInt: CVarArg {}
extension UInt8: CVarArg {}
extension UInt16: CVarArg {}
extension UInt32: CVarArg {}
extension UInt64: CVarArg {}

extension Double: CVarArg {
    public func _append(to arguments: inout _CArguments) { arguments.append(bitPattern) }
}

extension Float: CVarArg {
    public func _append(to arguments: inout _CArguments) { Double(self)._append(to: &arguments) }
}

extension OpaquePointer: @unsafe CVarArg {
    public func _append(to arguments: inout _CArguments) { arguments.append(UInt(bitPattern: self)) }
}

extension UnsafePointer: @unsafe CVarArg {
    public func _append(to arguments: inout _CArguments) { arguments.append(UInt(bitPattern: self)) }
}

extension UnsafeMutablePointer: @unsafe CVarArg {
    public func _append(to arguments: inout _CArguments) { arguments.append(UInt(bitPattern: self)) }
}

/// Stands for the arguments that are not given.
public struct _NoArgument: CVarArg {
    public init() {}
    public func _append(to arguments: inout _CArguments) {}
}

// Neither lists of any type nor packs of types work in Embedded Swift 6.3.
private func list<A: CVarArg, B: CVarArg, C: CVarArg, D: CVarArg, E: CVarArg, F: CVarArg, G: CVarArg, H: CVarArg>(
    _ a: A, _ b: B, _ c: C, _ d: D, _ e: E, _ f: F, _ g: G, _ h: H
) -> [UInt] {
    var list = _CArguments()
    a._append(to: &list)
    b._append(to: &list)
    c._append(to: &list)
    d._append(to: &list)
    e._append(to: &list)
    f._append(to: &list)
    g._append(to: &list)
    h._append(to: &list)
    return list.words
}

@discardableResult
public func printf<A: CVarArg, B: CVarArg, C: CVarArg, D: CVarArg, E: CVarArg, F: CVarArg, G: CVarArg, H: CVarArg>(
    _ format: UnsafePointer<CChar>, _ a: A = _NoArgument(), _ b: B = _NoArgument(), _ c: C = _NoArgument(),
    _ d: D = _NoArgument(), _ e: E = _NoArgument(), _ f: F = _NoArgument(),
    _ g: G = _NoArgument(), _ h: H = _NoArgument()
) -> Int32 {
    unsafe list(a, b, c, d, e, f, g, h).withUnsafeBytes {
        unsafe swift_musl_fprintf(swift_musl_stdout(), format, $0.baseAddress)
    }
}

@discardableResult
public func fprintf<A: CVarArg, B: CVarArg, C: CVarArg, D: CVarArg, E: CVarArg, F: CVarArg, G: CVarArg, H: CVarArg>(
    _ file: OpaquePointer, _ format: UnsafePointer<CChar>,
    _ a: A = _NoArgument(), _ b: B = _NoArgument(), _ c: C = _NoArgument(),
    _ d: D = _NoArgument(), _ e: E = _NoArgument(), _ f: F = _NoArgument(),
    _ g: G = _NoArgument(), _ h: H = _NoArgument()
) -> Int32 {
    unsafe list(a, b, c, d, e, f, g, h).withUnsafeBytes { unsafe swift_musl_fprintf(file, format, $0.baseAddress) }
}

@discardableResult
public func snprintf<A: CVarArg, B: CVarArg, C: CVarArg, D: CVarArg, E: CVarArg, F: CVarArg, G: CVarArg, H: CVarArg>(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ format: UnsafePointer<CChar>,
    _ a: A = _NoArgument(), _ b: B = _NoArgument(), _ c: C = _NoArgument(),
    _ d: D = _NoArgument(), _ e: E = _NoArgument(), _ f: F = _NoArgument(),
    _ g: G = _NoArgument(), _ h: H = _NoArgument()
) -> Int32 {
    unsafe list(a, b, c, d, e, f, g, h).withUnsafeBytes {
        unsafe swift_musl_snprintf(buffer, size_t(size), format, $0.baseAddress)
    }
}

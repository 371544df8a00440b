extension String {
    /// Copies text at the speed of memory: in Embedded Swift `String(copying:)` of a `UTF8Span` takes bytes one by one.
    /// What is not UTF-8 becomes U+FFFD, as in `String(decoding:as:)`.
    @inline(never)  // would be copied into each caller
    package init(copying bytes: Span<UInt8>) {
        unsafe self.init(unsafeUninitializedCapacity: bytes.count) { room in
            // SAFETY: there is room for all of the bytes, which are copied within the closures.
            guard let target = room.baseAddress else { return 0 }
            unsafe UnsafeMutableRawPointer(target).copy(bytes)
            return bytes.count
        }
    }
}

#if canImport(_Concurrency)
    @_exported import _Concurrency

    // Embedded Swift has no sleep.
    extension Task where Success == Never, Failure == Never {
        /// Suspends the task for at least that long; throws when it is cancelled.
        public static func sleep(nanoseconds duration: UInt64) async throws(CancellationError) {
            // The same module each time: #isolation, which is the default, does not make it so.
            await withUnsafeContinuation(isolation: nil) { (continuation: UnsafeContinuation<Void, Never>) in
                unsafe swift_musl_sleep(duration, unsafeBitCast(continuation, to: UnsafeRawPointer.self))
            }
            if isCancelled { throw _Concurrency.CancellationError() }
        }

        /// Suspends the task for at least that long; throws when it is cancelled.
        public static func sleep(for duration: Duration, tolerance: Duration? = nil) async throws(CancellationError) {
            let (seconds, attoseconds) = duration.components
            guard seconds >= 0, attoseconds >= 0 else { return try await sleep(nanoseconds: 0) }
            let (product, isLong) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
            // Rounded up: never too short.
            let (sum, isLonger) = product.addingReportingOverflow((UInt64(attoseconds) + 999_999_999) / 1_000_000_000)
            try await sleep(nanoseconds: isLong || isLonger ? .max : sum)
        }
    }

    // c/executor.c
    @_silgen_name("swift_musl_sleep")
    private func swift_musl_sleep(_ nanoseconds: UInt64, _ task: UnsafeRawPointer)
#endif

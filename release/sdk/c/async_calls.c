// What the module _Concurrency calls besides: the lock of AsyncStream, for which that has a word, and what stands in
// place of a method that the optimizer has deleted.
#include "tasks.h"

SWIFT intptr_t _swift_async_stream_lock_size(void);
SWIFT void _swift_async_stream_lock_init(int32_t *lock);
SWIFT void _swift_async_stream_lock_lock(int32_t *lock);
SWIFT void _swift_async_stream_lock_unlock(int32_t *lock);

SWIFT intptr_t _swift_async_stream_lock_size(void) { return 1; }
SWIFT void _swift_async_stream_lock_init(int32_t *lock) { *lock = 0; }
SWIFT void _swift_async_stream_lock_lock(int32_t *lock) { swift_musl_lock(lock); }
SWIFT void _swift_async_stream_lock_unlock(int32_t *lock) { swift_musl_unlock(lock); }

ASYNC void swift_deletedAsyncMethodError(ASYNC_CONTEXT context *context);
ASYNC void swift_deletedAsyncMethodError(ASYNC_CONTEXT context *context) {
    (void)context;
    swift_musl_fatal("a method was called that has been deleted");
}

// As an async_function, which C cannot write: the distance to the function, and the size of its context.
__asm__(".section .rodata.swift_deletedAsyncMethodErrorTu,\"a\",%progbits\n"
    ".globl swift_deletedAsyncMethodErrorTu\n"
    ".p2align 3\n"
    "swift_deletedAsyncMethodErrorTu:\n"
    ".long swift_deletedAsyncMethodError - .\n"
    ".long 16\n"
    ".text\n");

// The lock of AsyncStream and AsyncThrowingStream, for which they have a word.
#include "tasks.h"

SWIFT intptr_t _swift_async_stream_lock_size(void);
SWIFT void _swift_async_stream_lock_init(int32_t *lock);
SWIFT void _swift_async_stream_lock_lock(int32_t *lock);
SWIFT void _swift_async_stream_lock_unlock(int32_t *lock);

SWIFT intptr_t _swift_async_stream_lock_size(void) { return 1; }
SWIFT void _swift_async_stream_lock_init(int32_t *lock) { *lock = 0; }
SWIFT void _swift_async_stream_lock_lock(int32_t *lock) { swift_musl_lock(lock); }
SWIFT void _swift_async_stream_lock_unlock(int32_t *lock) { swift_musl_unlock(lock); }

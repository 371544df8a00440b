// The lock of Mutex and of what runs tasks. 0: free; 1: held; 2: held, and somebody may wait.
#include "lock.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

void swift_musl_wait(const int32_t *word, int32_t value, int64_t nanoseconds) {
    const int saved = errno;
    // As the kernel's old call takes it, on 32-bit machines too. Who waits that long is woken and waits again.
    struct {
        long seconds, nanoseconds;
    } limit = {LONG_MAX, 0};
    if (nanoseconds >= 0 && nanoseconds / 1000000000 < LONG_MAX) {
        limit.seconds = (long)(nanoseconds / 1000000000);
        limit.nanoseconds = (long)(nanoseconds % 1000000000);
    }
    syscall(SYS_futex, word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, value, nanoseconds < 0 ? 0 : &limit);
    errno = saved;
}

void swift_musl_wake(const int32_t *word, int32_t count) {
    const int saved = errno;
    syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count);
    errno = saved;
}

int32_t swift_musl_try_lock(int32_t *lock) {
    int32_t expected = 0;
    return __atomic_compare_exchange_n(lock, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

void swift_musl_lock(int32_t *lock) {
    if (swift_musl_try_lock(lock)) return;
    while (__atomic_exchange_n(lock, 2, __ATOMIC_ACQUIRE) != 0) swift_musl_wait(lock, 2, -1);
}

void swift_musl_unlock(int32_t *lock) {
    if (__atomic_exchange_n(lock, 0, __ATOMIC_RELEASE) == 2) swift_musl_wake(lock, 1);
}

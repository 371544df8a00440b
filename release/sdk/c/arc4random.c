// The Swift run-time draws the seed of its hash tables from arc4random_buf, which musl does not have.
#include <errno.h>
#include <stdint.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

void arc4random_buf(void *buffer, size_t count);

static _Noreturn void end_process(const char *reason) {
    static const char begin[] = "no random bytes: getrandom: ", end[] = ", and /dev/urandom cannot be read\n";
    // There is nobody else to be told.
    if (write(STDERR_FILENO, begin, sizeof begin - 1) > 0 && write(STDERR_FILENO, reason, strlen(reason)) > 0)
        (void)!write(STDERR_FILENO, end, sizeof end - 1);
    _exit(1);
}

// Fills the buffer from the kernel's generator. A process that cannot have random bytes must not run on predictable
// ones: they would let a stranger make every key collide. The SDK's getrandom reads /dev/urandom where the call fails.
void arc4random_buf(void *buffer, size_t count) {
    uint8_t *next = buffer;
    while (count > 0) {
        ssize_t filled = getrandom(next, count, 0);
        if (filled < 0 && errno == EINTR) continue;
        if (filled <= 0) end_process(strerror(errno));
        next += filled;
        count -= (size_t)filled;
    }
}

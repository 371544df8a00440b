// The Swift run-time draws the seed of its hash tables from arc4random_buf, which musl does not have.
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

void arc4random_buf(void *buffer, size_t count);

// Fills the buffer from the kernel's generator. A process that cannot have random bytes must not run on predictable
// ones: they would let a stranger make every key collide.
void arc4random_buf(void *buffer, size_t count) {
    uint8_t *next = buffer;
    while (count > 0) {
        ssize_t filled = getrandom(next, count, 0);
        if (filled < 0 && errno == EINTR) continue;
        if (filled <= 0) abort();
        next += filled;
        count -= (size_t)filled;
    }
}

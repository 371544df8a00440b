// Where mbedTLS gets its random bytes from: getrandom, which needs no file. By itself mbedTLS asks it in programs of
// glibc alone, and opens /dev/urandom elsewhere, which a program in a root folder of its own (chroot) does not have.
#include <errno.h>
#include <stddef.h>
#include <sys/random.h>

int mbedtls_hardware_poll(void *context, unsigned char *output, size_t count, size_t *filled);

// Fills the output, or fails with mbedTLS's error for a source that has nothing (MBEDTLS_ERR_ENTROPY_SOURCE_FAILED).
int mbedtls_hardware_poll(void *context, unsigned char *output, size_t count, size_t *filled) {
    (void)context;
    *filled = 0;
    while (*filled < count) {
        ssize_t more = getrandom(output + *filled, count - *filled, 0);
        if (more < 0 && errno == EINTR) continue;
        if (more <= 0) return -0x003C;
        *filled += (size_t)more;
    }
    return 0;
}

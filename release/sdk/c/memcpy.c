// memcpy for x86-64, where a load or store may be at any address: short pieces by two moves that overlap, long ones by
// 32 bytes in a turn, and the rest by moves that end where the piece does.
#include <stddef.h>
#include <stdint.h>

typedef struct {
    unsigned char bytes[16];
} vector;

#define MOVE(type, at) __builtin_memcpy((char *)to + (at), (const char *)from + (at), sizeof(type))

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
    if (count <= 16) {
        if (count >= 8) {
            MOVE(uint64_t, 0);
            MOVE(uint64_t, count - 8);
        } else if (count >= 4) {
            MOVE(uint32_t, 0);
            MOVE(uint32_t, count - 4);
        } else if (count >= 2) {
            MOVE(uint16_t, 0);
            MOVE(uint16_t, count - 2);
        } else if (count) {
            MOVE(uint8_t, 0);
        }
        return to;
    }
    size_t done = 0;
    for (; count - done > 32; done += 32) {
        MOVE(vector, done);
        MOVE(vector, done + 16);
    }
    if (count >= 32) MOVE(vector, count - 32);
    else MOVE(vector, 0);
    MOVE(vector, count - 16);
    return to;
}

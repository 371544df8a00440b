// Embedded Swift 6.3 returns from swift_bridgeObjectRetain what it was given without the bits that are no address. Its
// callers are compiled to believe that they get back just what they gave; on arm64 they use it, and a short string that
// comes out of a tuple loses its length. These keep the promise. They are strong, the modules' own are weak.
#include <stdint.h>

// Names this file on the linker's command line: an archive's member is not taken for a symbol that is there already.
extern const char swift_musl_bridge_object;
const char swift_musl_bridge_object = 1;

// 32-bit machines keep no such bits in an object's address.
#if UINTPTR_MAX > UINT32_MAX
// A program that retains nothing has none.
__attribute__((weak)) void *swift_retain(void *object);

void *swift_bridgeObjectRetain_n(void *object, uint32_t count);
void *swift_bridgeObjectRetain(void *object);

void *swift_bridgeObjectRetain_n(void *object, uint32_t count) {
    // The top bit says that there is nothing to count.
    if ((intptr_t)object < 0) return object;
    void *plain = (void *)((uintptr_t)object & 0x8ffffffffffffff8);
    if (plain) while (count--) (void)swift_retain(plain);
    return object;
}

void *swift_bridgeObjectRetain(void *object) { return swift_bridgeObjectRetain_n(object, 1); }
#endif

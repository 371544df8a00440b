// Reference counts without atomic instructions, for programs whose Swift runs in one thread alone. They are strong, the
// modules' own are weak. Objects are laid out, and counted, as in EmbeddedRuntime.swift of Swift 6.3.
#include <stdbool.h>
#include <stdint.h>

// Names this file on the linker's command line: --undefined=swift_musl_one_thread.
extern const char swift_musl_one_thread;
const char swift_musl_one_thread = 1;

// Where clang has no convention of Swift's own, Swift takes that of C.
#ifdef __riscv
typedef void destroy(void *object);
#else
typedef __attribute__((swiftcall)) void destroy(__attribute__((swift_context)) void *object);
#endif

struct class_metadata {
    const struct class_metadata *superclass;
    destroy *destroy;
};

struct object {
    const struct class_metadata *metadata;
    // The top bit: the memory is not the heap's. The others: how many references there are; all of them for an object
    // that is not counted.
    uintptr_t count;
};

static const uintptr_t COUNT = UINTPTR_MAX >> 1;

static inline bool is_counted(const struct object *object) {
#if UINTPTR_MAX > UINT32_MAX
    // What has the top bit is no address.
    if ((intptr_t)object <= 0) return false;
#else
    if (!object) return false;
#endif
    return (object->count & COUNT) != COUNT;
}

static inline struct object *retain(struct object *object, uint32_t count) {
    if (is_counted(object)) object->count += count;
    return object;
}

static __attribute__((noinline)) void end_object(struct object *object) {
    // Its own deinit may retain and release it.
    object->count |= COUNT;
    object->metadata->destroy(object);
}

static inline void release(struct object *object, uint32_t count) {
    if (!is_counted(object)) return;
    object->count -= count;
    if ((object->count & COUNT) == 0) end_object(object);
}

struct object *swift_retain(struct object *object);
struct object *swift_retain_n(struct object *object, uint32_t count);
void swift_release(struct object *object);
void swift_release_n(struct object *object, uint32_t count);

struct object *swift_retain(struct object *object) { return retain(object, 1); }
struct object *swift_retain_n(struct object *object, uint32_t count) { return retain(object, count); }
void swift_release(struct object *object) { release(object, 1); }
void swift_release_n(struct object *object, uint32_t count) { release(object, count); }

#if UINTPTR_MAX > UINT32_MAX
// Strings keep bits of their own beside the address.
static inline struct object *address(void *object) {
    return (struct object *)((uintptr_t)object & 0x8ffffffffffffff8);
}

void swift_bridgeObjectRelease(void *object);
void swift_bridgeObjectRelease_n(void *object, uint32_t count);

void swift_bridgeObjectRelease(void *object) { release(address(object), 1); }
void swift_bridgeObjectRelease_n(void *object, uint32_t count) { release(address(object), count); }
#endif

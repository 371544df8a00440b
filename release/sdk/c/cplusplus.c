// What compiled C++ calls without its library: new and delete, the guards of static variables in functions, and virtual
// functions that are not there. There are no exceptions: where memory ends, so does the program.
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "lock.h"

// The letter of size_t in names.
#if UINTPTR_MAX > UINT32_MAX
#define SIZE "m"
#else
#define SIZE "j"
#endif

// Weak, for a program that has its own.
#define NAMED(name) __attribute__((weak)) __asm__(name)

void *new_object(size_t size) NAMED("_Znw" SIZE);
void *new_array(size_t size) NAMED("_Zna" SIZE);
void *new_object_or_null(size_t size, const void *tag) NAMED("_Znw" SIZE "RKSt9nothrow_t");
void *new_array_or_null(size_t size, const void *tag) NAMED("_Zna" SIZE "RKSt9nothrow_t");
void *new_aligned_object(size_t size, size_t alignment) NAMED("_Znw" SIZE "St11align_val_t");
void *new_aligned_array(size_t size, size_t alignment) NAMED("_Zna" SIZE "St11align_val_t");
void *new_aligned_object_or_null(size_t size, size_t alignment, const void *tag)
    NAMED("_Znw" SIZE "St11align_val_tRKSt9nothrow_t");
void *new_aligned_array_or_null(size_t size, size_t alignment, const void *tag)
    NAMED("_Zna" SIZE "St11align_val_tRKSt9nothrow_t");
void delete_object(void *object) NAMED("_ZdlPv");
void delete_array(void *array) NAMED("_ZdaPv");
void delete_sized_object(void *object, size_t size) NAMED("_ZdlPv" SIZE);
void delete_sized_array(void *array, size_t size) NAMED("_ZdaPv" SIZE);
void delete_object_or_null(void *object, const void *tag) NAMED("_ZdlPvRKSt9nothrow_t");
void delete_array_or_null(void *array, const void *tag) NAMED("_ZdaPvRKSt9nothrow_t");
void delete_aligned_object_or_null(void *object, size_t alignment, const void *tag)
    NAMED("_ZdlPvSt11align_val_tRKSt9nothrow_t");
void delete_aligned_array_or_null(void *array, size_t alignment, const void *tag)
    NAMED("_ZdaPvSt11align_val_tRKSt9nothrow_t");
void delete_aligned_object(void *object, size_t alignment) NAMED("_ZdlPvSt11align_val_t");
void delete_aligned_array(void *array, size_t alignment) NAMED("_ZdaPvSt11align_val_t");
void delete_sized_aligned_object(void *object, size_t size, size_t alignment) NAMED("_ZdlPv" SIZE "St11align_val_t");
void delete_sized_aligned_array(void *array, size_t size, size_t alignment) NAMED("_ZdaPv" SIZE "St11align_val_t");
int __cxa_guard_acquire(int32_t *guard);
void __cxa_guard_release(int32_t *guard);
void __cxa_guard_abort(int32_t *guard);
void __cxa_pure_virtual(void);
void __cxa_deleted_virtual(void);

// Two objects never have one address, even without size.
void *new_object_or_null(size_t size, const void *tag) {
    (void)tag;
    return malloc(size ? size : 1);
}
void *new_array_or_null(size_t size, const void *tag) { return new_object_or_null(size, tag); }

void *new_object(size_t size) {
    void *object = malloc(size ? size : 1);
    if (!object) abort();
    return object;
}
void *new_array(size_t size) { return new_object(size); }

void *new_aligned_object_or_null(size_t size, size_t alignment, const void *tag) {
    (void)tag;
    void *object = NULL;
    if (alignment < sizeof object) alignment = sizeof object;
    return posix_memalign(&object, alignment, size ? size : 1) == 0 ? object : NULL;
}
void *new_aligned_array_or_null(size_t size, size_t alignment, const void *tag) {
    return new_aligned_object_or_null(size, alignment, tag);
}

void *new_aligned_object(size_t size, size_t alignment) {
    void *object = new_aligned_object_or_null(size, alignment, NULL);
    if (!object) abort();
    return object;
}
void *new_aligned_array(size_t size, size_t alignment) { return new_aligned_object(size, alignment); }

void delete_object(void *object) { free(object); }
void delete_array(void *array) { free(array); }
void delete_object_or_null(void *object, const void *tag) { (void)tag, free(object); }
void delete_array_or_null(void *array, const void *tag) { (void)tag, free(array); }
void delete_aligned_object_or_null(void *object, size_t alignment, const void *tag) {
    (void)alignment, (void)tag, free(object);
}
void delete_aligned_array_or_null(void *array, size_t alignment, const void *tag) {
    (void)alignment, (void)tag, free(array);
}
void delete_sized_object(void *object, size_t size) { (void)size, free(object); }
void delete_sized_array(void *array, size_t size) { (void)size, free(array); }
void delete_aligned_object(void *object, size_t alignment) { (void)alignment, free(object); }
void delete_aligned_array(void *array, size_t alignment) { (void)alignment, free(array); }
void delete_sized_aligned_object(void *object, size_t size, size_t alignment) {
    (void)size, (void)alignment, free(object);
}
void delete_sized_aligned_array(void *array, size_t size, size_t alignment) {
    (void)size, (void)alignment, free(array);
}

// A guard's first byte says that the variable is there; the others are ours.
enum { ABSENT = 0, PRESENT = 1, BEGUN = 0x100, AWAITED = 0x300 };

// Whether the caller is to make the variable.
int __cxa_guard_acquire(int32_t *guard) {
    for (;;) {
        int32_t state = ABSENT;
        if (__atomic_compare_exchange_n(guard, &state, BEGUN, 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)) return 1;
        if (state == PRESENT) return 0;
        if (state == BEGUN) {
            __atomic_compare_exchange_n(guard, &state, AWAITED, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
        }
        swift_musl_wait(guard, AWAITED, -1);
    }
}

static void leave(int32_t *guard, int32_t state) {
    if (__atomic_exchange_n(guard, state, __ATOMIC_RELEASE) == AWAITED) swift_musl_wake(guard, INT_MAX);
}
void __cxa_guard_release(int32_t *guard) { leave(guard, PRESENT); }
void __cxa_guard_abort(int32_t *guard) { leave(guard, ABSENT); }

void __cxa_pure_virtual(void) { __builtin_trap(); }
void __cxa_deleted_virtual(void) { __builtin_trap(); }

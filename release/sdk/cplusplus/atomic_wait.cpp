// Waiting for atomics, in the kernel. It waits for 32 bits: an atomic of another size has a word of a table that counts
// its changes.
#include <atomic>
#include <climits>
#include <cstdint>

extern "C" {
#include "../c/lock.h"
}

_LIBCPP_BEGIN_NAMESPACE_STD

namespace {
struct Place {
    int32_t waiting, changes;
};
Place places[256];

Place &place_of(const volatile void *object) {
    const uintptr_t address = reinterpret_cast<uintptr_t>(object);
    return places[(address >> 2 ^ address >> 10) % 256];
}
const int32_t *word(const volatile void *object) {
    return static_cast<const int32_t *>(const_cast<const void *>(object));
}

void wait(Place &place, const int32_t *word, int32_t value) {
    __atomic_fetch_add(&place.waiting, 1, __ATOMIC_SEQ_CST);
    swift_musl_wait(word, value, -1);
    __atomic_fetch_sub(&place.waiting, 1, __ATOMIC_RELAXED);
}
void wake(Place &place, const int32_t *word, int32_t count) {
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (__atomic_load_n(&place.waiting, __ATOMIC_SEQ_CST)) swift_musl_wake(word, count);
}
void changed(const volatile void *object) {
    Place &place = place_of(object);
    __atomic_fetch_add(&place.changes, 1, __ATOMIC_SEQ_CST);
    // Atomics that share the word are woken too.
    wake(place, &place.changes, INT_MAX);
}
} // namespace

void __cxx_atomic_notify_one(const volatile void *object) noexcept { changed(object); }
void __cxx_atomic_notify_all(const volatile void *object) noexcept { changed(object); }
__cxx_contention_t __libcpp_atomic_monitor(const volatile void *object) noexcept {
    return __atomic_load_n(&place_of(object).changes, __ATOMIC_SEQ_CST);
}
void __libcpp_atomic_wait(const volatile void *object, __cxx_contention_t seen) noexcept {
    Place &place = place_of(object);
    wait(place, &place.changes, seen);
}

void __cxx_atomic_notify_one(const volatile __cxx_atomic_contention_t *object) noexcept {
    wake(place_of(object), word(object), 1);
}
void __cxx_atomic_notify_all(const volatile __cxx_atomic_contention_t *object) noexcept {
    wake(place_of(object), word(object), INT_MAX);
}
__cxx_contention_t __libcpp_atomic_monitor(const volatile __cxx_atomic_contention_t *object) noexcept {
    return __atomic_load_n(word(object), __ATOMIC_SEQ_CST);
}
void __libcpp_atomic_wait(const volatile __cxx_atomic_contention_t *object, __cxx_contention_t seen) noexcept {
    wait(place_of(object), word(object), seen);
}

_LIBCPP_END_NAMESPACE_STD

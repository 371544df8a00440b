// shared_ptr and weak_ptr, what is locked for atomic operations on them, and std::align. The counts begin at 0 for one
// owner; all owners together are one of those that hold the counts themselves.
#include <cstdint>
#include <memory>

extern "C" {
#include "../c/lock.h"
}

_LIBCPP_BEGIN_NAMESPACE_STD

__shared_count::~__shared_count() {}
__shared_weak_count::~__shared_weak_count() {}
const void *__shared_weak_count::__get_deleter(const type_info &) const noexcept { return nullptr; }

void __shared_weak_count::__release_weak() noexcept {
    if (__atomic_fetch_sub(&__shared_weak_owners_, 1, __ATOMIC_ACQ_REL) == 0) __on_zero_shared_weak();
}

__shared_weak_count *__shared_weak_count::lock() noexcept {
    long owners = __atomic_load_n(&__shared_owners_, __ATOMIC_SEQ_CST);
    while (owners != -1) {
        if (__atomic_compare_exchange_n(
                &__shared_owners_, &owners, owners + 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
            return this;
        }
    }
    return nullptr;
}

static int32_t locks[16];

constexpr __sp_mut::__sp_mut(void *lock) noexcept : __lx_(lock) {}
void __sp_mut::lock() noexcept { swift_musl_lock(static_cast<int32_t *>(__lx_)); }
void __sp_mut::unlock() noexcept { swift_musl_unlock(static_cast<int32_t *>(__lx_)); }

__sp_mut &__get_sp_mut(const void *object) {
    static constinit __sp_mut all[16]{
        &locks[0], &locks[1], &locks[2], &locks[3], &locks[4], &locks[5], &locks[6], &locks[7],
        &locks[8], &locks[9], &locks[10], &locks[11], &locks[12], &locks[13], &locks[14], &locks[15]};
    return all[reinterpret_cast<uintptr_t>(object) / sizeof(void *) * 2 / sizeof(void *) % 16];
}

void *align(size_t alignment, size_t size, void *&place, size_t &space) {
    const size_t skipped = -reinterpret_cast<uintptr_t>(place) & (alignment - 1);
    if (size > space || skipped > space - size) return nullptr;
    space -= skipped;
    return place = static_cast<char *>(place) + skipped;
}

_LIBCPP_END_NAMESPACE_STD

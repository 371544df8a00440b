// std::pmr. A pool here is no pool: it asks upstream for each piece, and gives back at once what it releases.
#include <atomic>
#include <memory>
#include <memory_resource>
#include <new>

_LIBCPP_BEGIN_NAMESPACE_STD
namespace pmr {

memory_resource::~memory_resource() {}

namespace {
struct NewDelete final : memory_resource {
    void *do_allocate(size_t size, size_t alignment) override { return operator new(size, align_val_t(alignment)); }
    void do_deallocate(void *piece, size_t, size_t alignment) override {
        operator delete(piece, align_val_t(alignment));
    }
    bool do_is_equal(const memory_resource &other) const noexcept override { return &other == this; }
};
struct Null final : memory_resource {
    void *do_allocate(size_t, size_t) override { __throw_bad_alloc(); }
    void do_deallocate(void *, size_t, size_t) override {}
    bool do_is_equal(const memory_resource &other) const noexcept override { return &other == this; }
};
[[clang::no_destroy]] constinit NewDelete new_delete;
[[clang::no_destroy]] constinit Null null;
constinit atomic<memory_resource *> standard{&new_delete};

char *aligned(char *place, size_t alignment) {
    return place + (-reinterpret_cast<uintptr_t>(place) & (alignment - 1));
}
} // namespace

memory_resource *new_delete_resource() noexcept { return &new_delete; }
memory_resource *null_memory_resource() noexcept { return &null; }
memory_resource *get_default_resource() noexcept { return standard.load(); }
memory_resource *set_default_resource(memory_resource *resource) noexcept {
    return standard.exchange(resource ? resource : &new_delete);
}

// Pieces are taken from the end of a chunk to its start.
static void *take(char *start, char *&end, size_t size, size_t alignment) {
    if (!start || static_cast<size_t>(end - start) < size) return nullptr;
    char *piece = end - size;
    piece -= reinterpret_cast<uintptr_t>(piece) & (alignment - 1);
    if (piece < start) return nullptr;
    return end = piece;
}
void *monotonic_buffer_resource::__initial_descriptor::__try_allocate_from_chunk(size_t size, size_t alignment) {
    return take(__start_, __cur_, size, alignment);
}
void *monotonic_buffer_resource::__chunk_footer::__try_allocate_from_chunk(size_t size, size_t alignment) {
    return take(__start_, __cur_, size, alignment);
}
void *monotonic_buffer_resource::do_allocate(size_t size, size_t alignment) {
    if (void *piece = __initial_.__try_allocate_from_chunk(size, alignment)) return piece;
    if (__chunks_) {
        if (void *piece = __chunks_->__try_allocate_from_chunk(size, alignment)) return piece;
    }
    // Twice the last chunk, and the footer at its end.
    size_t room = __chunks_ ? 2 * (__chunks_->__allocation_size() - sizeof(__chunk_footer))
        : __initial_.__start_ ? 2 * static_cast<size_t>(__initial_.__end_ - __initial_.__start_)
                              : __initial_.__size_;
    if (room < size) room = size;
    const size_t whole = alignment > alignof(__chunk_footer) ? alignment : alignof(__chunk_footer);
    if (room > static_cast<size_t>(-1) / 2) __throw_bad_alloc();
    room = (room + whole - 1) & -whole;
    char *start = static_cast<char *>(__res_->allocate(room + sizeof(__chunk_footer), whole));
    __chunks_ = new (start + room) __chunk_footer{__chunks_, start, start + room, whole};
    return __chunks_->__try_allocate_from_chunk(size, alignment);
}

// Behind each piece of a pool: its neighbours, and what upstream was asked for.
struct unsynchronized_pool_resource::__adhoc_pool::__chunk_footer {
    __chunk_footer *next, **previous;
    char *start;
    size_t size, alignment;

    static __chunk_footer *behind(void *piece, size_t size) {
        return reinterpret_cast<__chunk_footer *>(aligned(static_cast<char *>(piece) + size, alignof(__chunk_footer)));
    }
};
void *unsynchronized_pool_resource::__adhoc_pool::__do_allocate(
    memory_resource *upstream, size_t size, size_t alignment) {
    if (alignment < alignof(__chunk_footer)) alignment = alignof(__chunk_footer);
    if (size > static_cast<size_t>(-1) / 2) __throw_bad_alloc();
    const size_t whole = size + alignof(__chunk_footer) + sizeof(__chunk_footer);
    char *start = static_cast<char *>(upstream->allocate(whole, alignment));
    __first_ = new (__chunk_footer::behind(start, size))
        __chunk_footer{__first_, &__first_, start, whole, alignment};
    if (__first_->next) __first_->next->previous = &__first_->next;
    return start;
}
void unsynchronized_pool_resource::__adhoc_pool::__do_deallocate(
    memory_resource *upstream, void *piece, size_t size, size_t) {
    __chunk_footer *footer = __chunk_footer::behind(piece, size);
    *footer->previous = footer->next;
    if (footer->next) footer->next->previous = footer->previous;
    upstream->deallocate(footer->start, footer->size, footer->alignment);
}
void unsynchronized_pool_resource::__adhoc_pool::__release_ptr(memory_resource *upstream) {
    while (__chunk_footer *footer = __first_) {
        __first_ = footer->next;
        upstream->deallocate(footer->start, footer->size, footer->alignment);
    }
}

unsynchronized_pool_resource::unsynchronized_pool_resource(const pool_options &options, memory_resource *upstream)
    : __res_(upstream), __fixed_pools_(nullptr), __num_fixed_pools_(0),
      __options_max_blocks_per_chunk_(static_cast<uint32_t>(options.max_blocks_per_chunk)) {}
void unsynchronized_pool_resource::release() { __adhoc_pool_.__release_ptr(__res_); }
pool_options unsynchronized_pool_resource::options() const {
    return {.max_blocks_per_chunk = __options_max_blocks_per_chunk_, .largest_required_pool_block = 0};
}
void *unsynchronized_pool_resource::do_allocate(size_t size, size_t alignment) {
    return __adhoc_pool_.__do_allocate(__res_, size, alignment);
}
void unsynchronized_pool_resource::do_deallocate(void *piece, size_t size, size_t alignment) {
    __adhoc_pool_.__do_deallocate(__res_, piece, size, alignment);
}
bool synchronized_pool_resource::do_is_equal(const memory_resource &other) const noexcept { return &other == this; }

} // namespace pmr
_LIBCPP_END_NAMESPACE_STD

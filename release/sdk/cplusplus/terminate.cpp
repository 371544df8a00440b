// The end of the program, and exceptions that are on their way, of which there are none.
#include <atomic>
#include <cstdlib>
#include <exception>
#include <new>

#include <__verbose_abort>

namespace {
std::atomic<std::terminate_handler> terminate_with{nullptr};
std::atomic<std::unexpected_handler> unexpected_with{nullptr};
std::atomic<std::new_handler> new_with{nullptr};
} // namespace

namespace std {

terminate_handler set_terminate(terminate_handler handler) noexcept { return terminate_with.exchange(handler); }
terminate_handler get_terminate() noexcept { return terminate_with.load(); }
void terminate() noexcept {
    if (const terminate_handler handler = get_terminate()) handler();
    abort();
}
// Of C++14 and before; nothing calls it.
unexpected_handler set_unexpected(unexpected_handler handler) noexcept { return unexpected_with.exchange(handler); }
unexpected_handler get_unexpected() noexcept { return unexpected_with.load(); }
void unexpected() { terminate(); }
// Kept and told; `new` ends the program where memory ends.
new_handler set_new_handler(new_handler handler) noexcept { return new_with.exchange(handler); }
new_handler get_new_handler() noexcept { return new_with.load(); }
const nothrow_t nothrow{};
void __throw_bad_alloc() { __libcpp_verbose_abort("bad_alloc was thrown in -fno-exceptions mode"); }

bool uncaught_exception() noexcept { return false; }
int uncaught_exceptions() noexcept { return 0; }
exception_ptr current_exception() noexcept { return nullptr; }
void rethrow_exception(exception_ptr) { terminate(); }
exception_ptr::exception_ptr(const exception_ptr &) noexcept : __ptr_(nullptr) {}
exception_ptr &exception_ptr::operator=(const exception_ptr &) noexcept { return *this; }
exception_ptr::~exception_ptr() noexcept {}
nested_exception::nested_exception() noexcept {}
nested_exception::~nested_exception() noexcept {}
void nested_exception::rethrow_nested() const { terminate(); }

} // namespace std

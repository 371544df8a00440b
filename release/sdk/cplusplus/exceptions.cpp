// The classes of exceptions. Nothing throws them here; programs name them, derive from them and read their messages.
#include <any>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <expected>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <variant>

_LIBCPP_BEGIN_NAMESPACE_STD

// A text that copies of an exception share: how often stands before it.
static atomic<long> *shares(const char *text) {
    return reinterpret_cast<atomic<long> *>(const_cast<char *>(text)) - 1;
}
__libcpp_refstring::__libcpp_refstring(const char *text) {
    const size_t size = strlen(text) + 1;
    void *place = operator new(sizeof(atomic<long>) + size);
    __imp_ = static_cast<const char *>(memcpy(new (place) atomic<long>(1) + 1, text, size));
}
__libcpp_refstring::__libcpp_refstring(const __libcpp_refstring &other) noexcept : __imp_(other.__imp_) {
    shares(__imp_)->fetch_add(1, memory_order_relaxed);
}
__libcpp_refstring &__libcpp_refstring::operator=(const __libcpp_refstring &other) noexcept {
    __libcpp_refstring copy(other);
    const char *mine = __imp_;
    __imp_ = copy.__imp_;
    copy.__imp_ = mine;
    return *this;
}
__libcpp_refstring::~__libcpp_refstring() {
    atomic<long> *count = shares(__imp_);
    if (count->fetch_sub(1, memory_order_acq_rel) == 1) operator delete(count);
}

bad_weak_ptr::~bad_weak_ptr() noexcept {}
const char *bad_weak_ptr::what() const noexcept { return "bad_weak_ptr"; }
bad_function_call::~bad_function_call() noexcept {}
const char *bad_expected_access<void>::what() const noexcept { return "bad access to std::expected"; }
void __throw_runtime_error(const char *message) {
    __libcpp_verbose_abort("runtime_error was thrown in -fno-exceptions mode with message \"%s\"", message);
}

_LIBCPP_END_NAMESPACE_STD

namespace std {

exception::~exception() noexcept {}
const char *exception::what() const noexcept { return "std::exception"; }
bad_exception::~bad_exception() noexcept {}
const char *bad_exception::what() const noexcept { return "std::bad_exception"; }
bad_alloc::bad_alloc() noexcept {}
bad_alloc::~bad_alloc() noexcept {}
const char *bad_alloc::what() const noexcept { return "std::bad_alloc"; }
bad_array_new_length::bad_array_new_length() noexcept {}
bad_array_new_length::~bad_array_new_length() noexcept {}
const char *bad_array_new_length::what() const noexcept { return "bad_array_new_length"; }
bad_cast::bad_cast() noexcept {}
bad_cast::~bad_cast() noexcept {}
const char *bad_cast::what() const noexcept { return "std::bad_cast"; }
bad_typeid::bad_typeid() noexcept {}
bad_typeid::~bad_typeid() noexcept {}
const char *bad_typeid::what() const noexcept { return "std::bad_typeid"; }
const char *bad_any_cast::what() const noexcept { return "bad any cast"; }
bad_optional_access::~bad_optional_access() noexcept {}
const char *bad_optional_access::what() const noexcept { return "bad_optional_access"; }
const char *bad_variant_access::what() const noexcept { return "bad_variant_access"; }
type_info::~type_info() {}

logic_error::logic_error(const string &message) : __imp_(message.c_str()) {}
logic_error::logic_error(const char *message) : __imp_(message) {}
logic_error::logic_error(const logic_error &other) noexcept : exception(other), __imp_(other.__imp_) {}
logic_error &logic_error::operator=(const logic_error &other) noexcept {
    __imp_ = other.__imp_;
    return *this;
}
logic_error::~logic_error() noexcept {}
const char *logic_error::what() const noexcept { return __imp_.c_str(); }
runtime_error::runtime_error(const string &message) : __imp_(message.c_str()) {}
runtime_error::runtime_error(const char *message) : __imp_(message) {}
runtime_error::runtime_error(const runtime_error &other) noexcept : exception(other), __imp_(other.__imp_) {}
runtime_error &runtime_error::operator=(const runtime_error &other) noexcept {
    __imp_ = other.__imp_;
    return *this;
}
runtime_error::~runtime_error() noexcept {}
const char *runtime_error::what() const noexcept { return __imp_.c_str(); }
domain_error::~domain_error() noexcept {}
invalid_argument::~invalid_argument() noexcept {}
length_error::~length_error() noexcept {}
out_of_range::~out_of_range() noexcept {}
range_error::~range_error() noexcept {}
overflow_error::~overflow_error() noexcept {}
underflow_error::~underflow_error() noexcept {}

} // namespace std

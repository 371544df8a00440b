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

#define ENDS(Name) Name::~Name() noexcept {}
#define TELLS(Name, text) \
    const char *Name::what() const noexcept { return text; }

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

ENDS(bad_weak_ptr)
TELLS(bad_weak_ptr, "bad_weak_ptr")
ENDS(bad_function_call)
TELLS(bad_expected_access<void>, "bad access to std::expected")
void __throw_runtime_error(const char *message) {
    __libcpp_verbose_abort("runtime_error was thrown in -fno-exceptions mode with message \"%s\"", message);
}

_LIBCPP_END_NAMESPACE_STD

namespace std {

#define PLAIN(Name, text) ENDS(Name) TELLS(Name, text)
#define PLAIN_MADE_HERE(Name, text) \
    Name::Name() noexcept {} \
    PLAIN(Name, text)

PLAIN(exception, "std::exception")
PLAIN(bad_exception, "std::bad_exception")
PLAIN_MADE_HERE(bad_alloc, "std::bad_alloc")
PLAIN_MADE_HERE(bad_array_new_length, "bad_array_new_length")
PLAIN_MADE_HERE(bad_cast, "std::bad_cast")
PLAIN_MADE_HERE(bad_typeid, "std::bad_typeid")
PLAIN(bad_optional_access, "bad_optional_access")
TELLS(bad_any_cast, "bad any cast")
TELLS(bad_variant_access, "bad_variant_access")
type_info::~type_info() {}

// With a message that its copies share.
#define WITH_MESSAGE(Name) \
    Name::Name(const string &message) : __imp_(message.c_str()) {} \
    Name::Name(const char *message) : __imp_(message) {} \
    Name::Name(const Name &other) noexcept : exception(other), __imp_(other.__imp_) {} \
    Name &Name::operator=(const Name &other) noexcept { \
        __imp_ = other.__imp_; \
        return *this; \
    } \
    PLAIN(Name, __imp_.c_str())

WITH_MESSAGE(logic_error)
WITH_MESSAGE(runtime_error)
ENDS(domain_error)
ENDS(invalid_argument)
ENDS(length_error)
ENDS(out_of_range)
ENDS(range_error)
ENDS(overflow_error)
ENDS(underflow_error)

} // namespace std

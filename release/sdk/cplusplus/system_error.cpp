// Errors of the system, by the texts that musl has for them.
#include <cerrno>
#include <cstring>
#include <system_error>

_LIBCPP_BEGIN_NAMESPACE_STD

error_category::~error_category() noexcept {}
error_condition error_category::default_error_condition(int value) const noexcept {
    return error_condition(value, *this);
}
bool error_category::equivalent(int code, const error_condition &condition) const noexcept {
    return default_error_condition(code) == condition;
}
bool error_category::equivalent(const error_code &code, int condition) const noexcept {
    return *this == code.category() && code.value() == condition;
}

namespace {
struct Generic final : error_category {
    const char *name() const noexcept override { return "generic"; }
    string message(int value) const override { return strerror(value); }
};
struct System final : error_category {
    const char *name() const noexcept override { return "system"; }
    string message(int value) const override { return strerror(value); }
    error_condition default_error_condition(int value) const noexcept override {
        return error_condition(value, generic_category());
    }
};
[[clang::no_destroy]] constinit Generic generic;
[[clang::no_destroy]] constinit System of_system;

string told(const error_code &code, string what) {
    if (code) {
        if (!what.empty()) what += ": ";
        what += code.message();
    }
    return what;
}
} // namespace

const error_category &generic_category() noexcept { return generic; }
const error_category &system_category() noexcept { return of_system; }
string error_code::message() const { return category().message(value()); }
string error_condition::message() const { return category().message(value()); }

system_error::system_error(error_code code, const string &what) : runtime_error(told(code, what)), __ec_(code) {}
system_error::system_error(error_code code, const char *what) : runtime_error(told(code, what)), __ec_(code) {}
system_error::system_error(error_code code) : runtime_error(told(code, "")), __ec_(code) {}
system_error::system_error(int value, const error_category &category, const string &what)
    : system_error(error_code(value, category), what) {}
system_error::system_error(int value, const error_category &category, const char *what)
    : system_error(error_code(value, category), what) {}
system_error::system_error(int value, const error_category &category) : system_error(error_code(value, category)) {}
system_error::~system_error() noexcept {}

void __throw_system_error(int value, const char *what) {
    __libcpp_verbose_abort(
        "system_error was thrown in -fno-exceptions mode with error %i and message \"%s\"", value, what);
}

_LIBCPP_END_NAMESPACE_STD

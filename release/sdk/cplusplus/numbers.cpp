// Text to numbers. Where another library throws an exception, the program ends with its message.
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cwchar>
#include <stdexcept>
#include <string>

_LIBCPP_BEGIN_NAMESPACE_STD

namespace {
// read NAME TEXT: the number at the begin of the text, by a function such as strtol.
template <typename String, typename Read>
auto read(const char *name, const String &text, size_t *end, Read function) {
    using Character = typename String::value_type;
    const int saved = errno;
    errno = 0;
    Character *after = nullptr;
    const auto number = function(text.c_str(), &after);
    const int error = errno;
    errno = saved;
    if (error == ERANGE) __throw_out_of_range((string(name) + ": out of range").c_str());
    if (after == text.c_str()) __throw_invalid_argument((string(name) + ": no conversion").c_str());
    if (end) *end = static_cast<size_t>(after - text.c_str());
    return number;
}
int narrow(long number) {
    if (number < INT_MIN || number > INT_MAX) __throw_out_of_range("stoi: out of range");
    return static_cast<int>(number);
}
} // namespace

#define INTEGER(Type, name, String, function) \
    Type name(const String &text, size_t *end, int base) { \
        return read(#name, text, end, [base](auto first, auto after) { return function(first, after, base); }); \
    }
#define FLOATING(Type, name, String, function) \
    Type name(const String &text, size_t *end) { return read(#name, text, end, function); }
// Of both kinds of strings, by functions such as strtol and wcstol.
#define EACH(define, Type, name, suffix) \
    define(Type, name, string, strto##suffix) define(Type, name, wstring, wcsto##suffix)

EACH(INTEGER, long, stol, l)
EACH(INTEGER, unsigned long, stoul, ul)
EACH(INTEGER, long long, stoll, ll)
EACH(INTEGER, unsigned long long, stoull, ull)
EACH(FLOATING, float, stof, f)
EACH(FLOATING, double, stod, d)
EACH(FLOATING, long double, stold, ld)

#define NARROW(Type, name, String, function) \
    Type name(const String &text, size_t *end, int base) { \
        return narrow(read(#name, text, end, [base](auto first, auto after) { return function(first, after, base); })); \
    }
EACH(NARROW, int, stoi, l)

_LIBCPP_END_NAMESPACE_STD

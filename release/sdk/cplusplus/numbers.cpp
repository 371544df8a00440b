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

INTEGER(long, stol, string, strtol)
INTEGER(unsigned long, stoul, string, strtoul)
INTEGER(long long, stoll, string, strtoll)
INTEGER(unsigned long long, stoull, string, strtoull)
FLOATING(float, stof, string, strtof)
FLOATING(double, stod, string, strtod)
FLOATING(long double, stold, string, strtold)
INTEGER(long, stol, wstring, wcstol)
INTEGER(unsigned long, stoul, wstring, wcstoul)
INTEGER(long long, stoll, wstring, wcstoll)
INTEGER(unsigned long long, stoull, wstring, wcstoull)
FLOATING(float, stof, wstring, wcstof)
FLOATING(double, stod, wstring, wcstod)
FLOATING(long double, stold, wstring, wcstold)

int stoi(const string &text, size_t *end, int base) {
    return narrow(read("stoi", text, end, [base](auto first, auto after) { return strtol(first, after, base); }));
}
int stoi(const wstring &text, size_t *end, int base) {
    return narrow(read("stoi", text, end, [base](auto first, auto after) { return wcstol(first, after, base); }));
}

_LIBCPP_END_NAMESPACE_STD

// Numbers to text.
#include <charconv>
#include <cstdio>
#include <string>

_LIBCPP_BEGIN_NAMESPACE_STD

template string operator+ <char, char_traits<char>, allocator<char>>(const char *, const string &);

template <typename Number>
static string text_of(Number number) {
    char digits[3 * sizeof number + 2];
    return string(digits, to_chars(digits, digits + sizeof digits, number).ptr);
}
string to_string(int number) { return text_of(number); }
string to_string(unsigned number) { return text_of(number); }
string to_string(long number) { return text_of(number); }
string to_string(unsigned long number) { return text_of(number); }
string to_string(long long number) { return text_of(number); }
string to_string(unsigned long long number) { return text_of(number); }

string to_string(long double number) {
    string text(static_cast<size_t>(snprintf(nullptr, 0, "%Lf", number)), '\0');
    snprintf(text.data(), text.size() + 1, "%Lf", number);
    return text;
}
string to_string(double number) { return to_string(static_cast<long double>(number)); }
string to_string(float number) { return to_string(static_cast<long double>(number)); }

_LIBCPP_END_NAMESPACE_STD

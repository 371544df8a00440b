// to_chars of floating-point numbers, by printf of musl, which is exact: the shortest text is the first that is read as
// the number again.
#include <cfloat>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

_LIBCPP_BEGIN_NAMESPACE_STD

namespace {
to_chars_result put(char *first, char *last, const char *text, size_t size) {
    if (size > static_cast<size_t>(last - first)) return {last, errc::value_too_large};
    memcpy(first, text, size);
    return {first + size, errc{}};
}

// By a format with a precision and a long double.
to_chars_result print(char *first, char *last, const char *format, int precision, long double number) {
    char here[128], *text = here;
    const int size = snprintf(here, sizeof here, format, precision, number);
    if (size < 0) return {last, errc::value_too_large};
    if (static_cast<size_t>(size) >= sizeof here) {
        if (size > last - first) return {last, errc::value_too_large};
        text = static_cast<char *>(malloc(static_cast<size_t>(size) + 1));
        if (!text) return {last, errc::not_enough_memory};
        snprintf(text, static_cast<size_t>(size) + 1, format, precision, number);
    }
    // Hexadecimal digits go without what C writes before them.
    const char *from = text;
    size_t length = static_cast<size_t>(size);
    if (strchr(format, 'a') && isfinite(number)) {
        const bool negative = *text == '-';
        from += 2;
        length -= 2;
        if (negative) text[2] = '-';
    }
    const to_chars_result result = put(first, last, from, length);
    if (text != here) free(text);
    return result;
}

bool is_read_as(const char *text, float number) { return strtof(text, nullptr) == number; }
bool is_read_as(const char *text, double number) { return strtod(text, nullptr) == number; }
bool is_read_as(const char *text, long double number) { return strtold(text, nullptr) == number; }

// Digits of a number that is finite and not negative, and the power of ten of the first.
struct Decimal {
    char digits[LDBL_DECIMAL_DIG + 1];
    int count, exponent;
};

template <typename Number>
Decimal shortest(Number number) {
    using limits = numeric_limits<Number>;
    Decimal decimal;
    for (int count = limits::digits10;; ++count) {
        char text[LDBL_DECIMAL_DIG + 16];
        snprintf(text, sizeof text, "%.*Le", count - 1, static_cast<long double>(number));
        bool found = is_read_as(text, number) || count >= limits::max_digits10;
        // Below a power of two numbers are closer to each other than above: the next text may be read as the number.
        char &digit = text[count];
        if (!found && digit != '9') {
            ++digit;
            found = is_read_as(text, number);
        }
        if (!found) continue;
        decimal.digits[0] = text[0];
        memcpy(decimal.digits + 1, text + 2, static_cast<size_t>(count - 1));
        decimal.exponent = atoi(strchr(text, 'e') + 1);
        while (count > 1 && decimal.digits[count - 1] == '0') --count;
        decimal.count = count;
        return decimal;
    }
}

template <typename Number>
to_chars_result shortest_text(char *first, char *last, Number number, chars_format format) {
    if (!isfinite(number)) return print(first, last, "%.*Lf", 0, number);
    if (format == chars_format::hex) {
        char text[64];
        const int size = snprintf(text, sizeof text, "%La", static_cast<long double>(number));
        const bool negative = *text == '-';
        if (negative) text[2] = '-';
        return put(first, last, text + 2, static_cast<size_t>(size) - 2);
    }
    if (signbit(number)) {
        if (first == last) return {last, errc::value_too_large};
        *first++ = '-';
        number = -number;
    }
    const Decimal decimal = shortest(number);
    const int count = decimal.count, exponent = decimal.exponent;
    const int distance = exponent < 0 ? -exponent : exponent;
    const int scientific = count + (count > 1) + (distance >= 1000 ? 6 : distance >= 100 ? 5 : 4);
    const int fixed = exponent >= count - 1 ? exponent + 1 : exponent >= 0 ? count + 1 : count + 1 - exponent;
    bool is_fixed = format == chars_format::fixed;
    if (format == chars_format{}) is_fixed = fixed <= scientific;
    if (format == chars_format::general) is_fixed = exponent >= -4 && exponent < 6;
    if (is_fixed && exponent >= count - 1) return print(first, last, "%.*Lf", 0, number);
    if ((is_fixed ? fixed : scientific) > last - first) return {last, errc::value_too_large};
    char *at = first;
    const char *digits = decimal.digits;
    const auto copy = [&at, &digits](int many) {
        memcpy(at, digits, static_cast<size_t>(many));
        at += many;
        digits += many;
    };
    if (!is_fixed) {
        copy(1);
        if (count > 1) *at++ = '.';
        copy(count - 1);
        *at++ = 'e';
        *at++ = exponent < 0 ? '-' : '+';
        if (distance < 10) *at++ = '0';
        return to_chars(at, last, distance);
    }
    if (exponent >= 0) {
        copy(exponent + 1);
        *at++ = '.';
        copy(count - exponent - 1);
    } else {
        *at++ = '0';
        *at++ = '.';
        memset(at, '0', static_cast<size_t>(distance - 1));
        at += distance - 1;
        copy(count);
    }
    return {at, errc{}};
}

template <typename Number>
to_chars_result precise_text(char *first, char *last, Number number, chars_format format, int precision) {
    const char *how = format == chars_format::fixed ? "%.*Lf"
        : format == chars_format::scientific        ? "%.*Le"
        : format == chars_format::hex               ? "%.*La"
                                                    : "%.*Lg";
    return print(first, last, how, precision < 0 ? 6 : precision, number);
}
} // namespace

#define NUMBER(Number) \
    to_chars_result to_chars(char *first, char *last, Number number) { \
        return shortest_text(first, last, number, chars_format{}); \
    } \
    to_chars_result to_chars(char *first, char *last, Number number, chars_format format) { \
        return shortest_text(first, last, number, format); \
    } \
    to_chars_result to_chars(char *first, char *last, Number number, chars_format format, int precision) { \
        return precise_text(first, last, number, format, precision); \
    }
NUMBER(float)
NUMBER(double)
NUMBER(long double)

_LIBCPP_END_NAMESPACE_STD

// What the Swift run-time calls to turn text into a number with a fraction. musl's conversions round correctly and know
// one locale for numbers, the C locale, so they can serve as they are. Each returns the first byte after the number, or
// null when the text holds none.
#include <stdlib.h>

#define CONVERSION(name, type, convert) \
    const char *name(const char *text, type *result); \
    const char *name(const char *text, type *result) { \
        char *end; \
        type value = (type)convert(text, &end); \
        if (end == text) return NULL; \
        *result = value; \
        return end; \
    }

CONVERSION(_swift_stdlib_strtod_clocale, double, strtod)
CONVERSION(_swift_stdlib_strtof_clocale, float, strtof)
CONVERSION(_swift_stdlib_strtof16_clocale, _Float16, strtod)
#if defined(__x86_64__) || defined(__i386__)
CONVERSION(_swift_stdlib_strtold_clocale, long double, strtold)
#endif

// What the Swift run-time calls to turn text into a Double, Float or Float80. musl's conversions round correctly and
// know one locale for numbers, the C locale, so they can serve as they are.
#include <stdlib.h>

const char *_swift_stdlib_strtod_clocale(const char *text, double *result);
const char *_swift_stdlib_strtof_clocale(const char *text, float *result);

// Returns the first byte after the number, or null when the text holds none.
const char *_swift_stdlib_strtod_clocale(const char *text, double *result) {
    char *end;
    double value = strtod(text, &end);
    if (end == text) return NULL;
    *result = value;
    return end;
}

const char *_swift_stdlib_strtof_clocale(const char *text, float *result) {
    char *end;
    float value = strtof(text, &end);
    if (end == text) return NULL;
    *result = value;
    return end;
}

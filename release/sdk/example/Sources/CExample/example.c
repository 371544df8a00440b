#include "example.h"

#include <curl/curl.h>

double example_mix(int32_t a, double b, float c, int64_t d, double e) {
    return a + b * 2 + (double)c * 4 + (double)d * 8 + e * 16;
}

double example_call_back(double (*function)(int32_t, double, float, int64_t, double)) {
    return function(-3, 0.1, 2.5f, 1LL << 40, 1e-3);
}

const char *example_curl_version(void) { return curl_version(); }

#if UINTPTR_MAX > UINT32_MAX
void *swift_bridgeObjectRetain(void *object);
void *swift_bridgeObjectRetain_n(void *object, uint32_t count);

int32_t example_retain_keeps_bits(void) {
    void *text = (void *)(uintptr_t)0xe600000000000000;
    return swift_bridgeObjectRetain(text) == text && swift_bridgeObjectRetain_n(text, 2) == text;
}
#else
int32_t example_retain_keeps_bits(void) { return 1; }
#endif

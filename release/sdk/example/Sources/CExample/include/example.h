#pragma once
#include <stdint.h>

// Each takes one value of every kind that travels in registers of its own, and mixes them so that a value that arrives
// in the wrong place shows in the result.
double example_mix(int32_t a, double b, float c, int64_t d, double e);

// Calls back into Swift with the same kinds of values and returns what Swift returned.
double example_call_back(double (*function)(int32_t, double, float, int64_t, double));

const char *example_curl_version(void);

// Whether Swift's runtime gives back a short string's bits as it got them: its callers are compiled to believe that.
int32_t example_retain_keeps_bits(void);

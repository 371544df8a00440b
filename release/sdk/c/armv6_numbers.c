// Conversions that VFPv2 has no instruction for, by the names of Arm's run-time ABI: between floating point and
// integers of 64 bits, and of Float16. Whatever the platform, these take and return numbers in integer registers;
// powers do not.
#include <stdint.h>

#define BASE __attribute__((pcs("aapcs")))

BASE uint64_t __aeabi_d2ulz(double value);
BASE int64_t __aeabi_d2lz(double value);
BASE uint64_t __aeabi_f2ulz(float value);
BASE int64_t __aeabi_f2lz(float value);
BASE double __aeabi_ul2d(uint64_t value);
BASE double __aeabi_l2d(int64_t value);
BASE float __aeabi_ul2f(uint64_t value);
BASE float __aeabi_l2f(int64_t value);
BASE uint16_t __gnu_d2h_ieee(double value);
BASE uint16_t __gnu_f2h_ieee(float value);
BASE float __gnu_h2f_ieee(uint16_t bits);
double __powidf2(double base, int exponent);
float __powisf2(float base, int exponent);

static const double TWO_TO_32 = 4294967296.0;

// Each step is exact: the upper half by a power of two, and what it leaves.
static inline uint64_t to_unsigned(double value) {
    if (!(value > 0)) return 0;
    if (value >= TWO_TO_32 * TWO_TO_32) return UINT64_MAX;
    const uint32_t high = (uint32_t)(value / TWO_TO_32);
    return (uint64_t)high << 32 | (uint32_t)(value - high * TWO_TO_32);
}

static inline int64_t to_signed(double value) {
    const uint64_t size = to_unsigned(value < 0 ? -value : value);
    if (size > INT64_MAX) return value < 0 ? INT64_MIN : INT64_MAX;
    return value < 0 ? -(int64_t)size : (int64_t)size;
}

BASE uint64_t __aeabi_d2ulz(double value) { return to_unsigned(value); }
BASE int64_t __aeabi_d2lz(double value) { return to_signed(value); }
BASE uint64_t __aeabi_f2ulz(float value) { return to_unsigned(value); }
BASE int64_t __aeabi_f2lz(float value) { return to_signed(value); }

// The sum alone is rounded.
static inline double from_unsigned(uint64_t value) {
    return (uint32_t)(value >> 32) * TWO_TO_32 + (uint32_t)value;
}

static inline double from_signed(int64_t value) {
    return (int32_t)(value >> 32) * TWO_TO_32 + (uint32_t)value;
}

// The bits that a double has no room for, as one that says whether any is set: the rounding to a float is the only one.
static inline uint64_t fitting(uint64_t value) { return value & 0x7ff ? (value & ~(uint64_t)0x7ff) | 0x800 : value; }

BASE double __aeabi_ul2d(uint64_t value) { return from_unsigned(value); }
BASE double __aeabi_l2d(int64_t value) { return from_signed(value); }
BASE float __aeabi_ul2f(uint64_t value) {
    return (float)from_unsigned(value >> 53 ? fitting(value) : value);
}
BASE float __aeabi_l2f(int64_t value) {
    const int64_t limit = (int64_t)1 << 53;
    return (float)from_signed(value >= -limit && value <= limit ? value : (int64_t)fitting((uint64_t)value));
}

// A half has 5 bits of exponent and 10 of fraction, a double 11 and 52.
static inline uint16_t to_half(double value) {
    union {
        double value;
        uint64_t bits;
    } number = {value};
    const uint16_t sign = (uint16_t)(number.bits >> 48 & 0x8000);
    const int exponent = (int)(number.bits >> 52 & 0x7ff) - 1023 + 15;
    uint64_t fraction = number.bits & 0xfffffffffffff;
    if (exponent == 0x7ff - 1023 + 15 && fraction) return sign | 0x7e00 | (uint16_t)(fraction >> 42);
    if (exponent >= 31) return sign | 0x7c00;
    if (exponent < -10) return sign; // less than half of the smallest
    int dropped = 42;
    uint16_t result = 0;
    if (exponent > 0) {
        result = (uint16_t)(exponent << 10);
    } else {
        fraction |= (uint64_t)1 << 52;
        dropped += 1 - exponent;
    }
    result += (uint16_t)(fraction >> dropped);
    const uint64_t rest = fraction & (((uint64_t)1 << dropped) - 1), half = (uint64_t)1 << (dropped - 1);
    // To the nearest, and between two to the even one; a carry out of the fraction is the next exponent.
    if (rest > half || (rest == half && (result & 1))) result++;
    return sign | result;
}

BASE uint16_t __gnu_d2h_ieee(double value) { return to_half(value); }
BASE uint16_t __gnu_f2h_ieee(float value) { return to_half(value); }

BASE float __gnu_h2f_ieee(uint16_t bits) {
    const uint32_t sign = (uint32_t)(bits & 0x8000) << 16;
    uint32_t exponent = bits >> 10 & 31, fraction = bits & 0x3ff;
    union {
        uint32_t bits;
        float value;
    } number;
    if (exponent == 31) {
        number.bits = sign | 0x7f800000 | fraction << 13 | (fraction ? 0x400000 : 0);
    } else if (exponent) {
        number.bits = sign | (exponent - 15 + 127) << 23 | fraction << 13;
    } else {
        number.value = (float)fraction * 0x1p-24f;
        number.bits |= sign;
    }
    return number.value;
}

#define POWER(name, type) \
    type name(type base, int exponent) { \
        unsigned left = exponent < 0 ? -(unsigned)exponent : (unsigned)exponent; \
        type result = 1; \
        for (; left; left >>= 1, base *= base) \
            if (left & 1) result *= base; \
        return exponent < 0 ? 1 / result : result; \
    }

POWER(__powidf2, double)
POWER(__powisf2, float)

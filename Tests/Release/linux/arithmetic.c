// What the compiler leaves to its run-time library on 32-bit Arm, on many numbers: one line for each of them.
#include <complex.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;

static uint64_t any(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
}

static const uint64_t EDGES[] = {1, 2, 3, 7, 10, 255, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0x100000000,
    0x100000001, 0x1fffffffffffff, 0x20000000000001, 0x20000000000000, 0x20000001fffffff, 0x7fffff8000000000,
    0x7fffffc000000000, 0x7fffffffffffffff, 0x8000000000000000, 0x8000000000000001, 0x8000008000000001,
    0xffffff8000000000, 0xffffffffffffffff, 0xdfffffffffffff, 0xfffffffffffff800, 0xfffffffffffffbff};
enum { COUNT = sizeof EDGES / sizeof *EDGES };

// The edges, and numbers of every size.
static uint64_t number(unsigned index) {
    return index < COUNT ? EDGES[index] : any() >> (any() & 63);
}

// So that nothing is computed before the program runs.
#define HIDE(x) __asm__ volatile("" : "+m"(x))

static void integers(uint64_t a, uint64_t b) {
    HIDE(a);
    HIDE(b);
    const int64_t c = (int64_t)a, d = (int64_t)b;
    printf("%llx %llx: %llu %llu", (unsigned long long)a, (unsigned long long)b, (unsigned long long)(a / b),
        (unsigned long long)(a % b));
    if (!(c == INT64_MIN && d == -1)) printf(" %lld %lld", (long long)(c / d), (long long)(c % d));
    const uint32_t e = (uint32_t)a, f = (uint32_t)b;
    if (f) printf(" %u %u %u", e / f, e % f, f / (e | 1));
    const int32_t g = (int32_t)e, h = (int32_t)f;
    if (h && !(g == INT32_MIN && h == -1)) printf(" %d %d", g / h, g % h);
    puts("");
}

static double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static unsigned half(double value, float narrow) {
    HIDE(value);
    HIDE(narrow);
    _Float16 from_double = (_Float16)value, from_float = (_Float16)narrow;
    uint16_t bits[2];
    memcpy(bits, &from_double, 2);
    memcpy(bits + 1, &from_float, 2);
    return (unsigned)bits[0] << 16 | bits[1];
}

static void conversions(uint64_t a) {
    HIDE(a);
    int64_t b = (int64_t)a;
    printf("%llx: %a %a %a %a", (unsigned long long)a, (double)a, (double)b, (double)(float)a, (double)(float)b);
    // A number that each integer has room for, with a fraction.
    double small = (double)(b >> 1) + 0.75;
    float narrow = (float)(b >> 2) + 0.75f;
    HIDE(small);
    HIDE(narrow);
    printf(" %lld %lld %llu %llu", (long long)small, (long long)narrow, (unsigned long long)fabs(small),
        (unsigned long long)fabsf(narrow));
    // A double around those that a half can be: any fraction, and one that lies between two.
    for (int exponent = -28; exponent < 18; exponent++) {
        const uint64_t fractions[] = {any() >> 12, 0, (uint64_t)1 << 41, (uint64_t)3 << 41, 0xfffffffffffff};
        for (unsigned i = 0; i < 5; i++) {
            const double value = double_of((a & (uint64_t)1 << 63) | (uint64_t)(1023 + exponent) << 52 | fractions[i]);
            printf(" %x", half(value, (float)value));
        }
    }
    puts("");
}

static void halves(void) {
    for (uint32_t bits = 0; bits < 0x10000; bits++) {
        if ((bits & 0x7fff) > 0x7c00) continue;
        uint16_t short_bits = (uint16_t)bits;
        _Float16 value;
        HIDE(short_bits);
        memcpy(&value, &short_bits, 2);
        printf("%x %a %x\n", (unsigned)bits, (double)(float)value, half((double)value, (float)value));
    }
    printf("%d %x %x\n", isnan((float)(_Float16)NAN), half(INFINITY, -INFINITY), half(1e300, 1e30f));
}

static const double PARTS[] = {0, -0.0, 1, -2.5, 3e200, 7e-200, INFINITY, -INFINITY, NAN};
enum { PART_COUNT = sizeof PARTS / sizeof *PARTS };

static void show(double part) {
    if (isnan(part)) printf(" nan");
    else printf(" %.12g", part);
}

static void complexes(void) {
    for (unsigned i = 0; i < PART_COUNT * PART_COUNT * PART_COUNT * PART_COUNT; i++) {
        double a = PARTS[i % 9], b = PARTS[i / 9 % 9], c = PARTS[i / 81 % 9], d = PARTS[i / 729];
        HIDE(a);
        HIDE(b);
        HIDE(c);
        HIDE(d);
        const double _Complex product = __builtin_complex(a, b) * __builtin_complex(c, d);
        float e = (float)a, f = (float)b, g = (float)c, h = (float)d;
        const float _Complex narrow = __builtin_complex(e, f) * __builtin_complex(g, h);
        show(creal(product)), show(cimag(product)), show(crealf(narrow)), show(cimagf(narrow));
        // Of numbers that are not beyond what their squares have room for: beyond, each library rounds in its own way.
        int plain = fabs(a) < 1e100 && fabs(b) < 1e100 && fabs(c) < 1e100 && fabs(d) < 1e100;
        plain = plain && fabs(c) + fabs(d) >= 1;
        if (plain) {
            const double _Complex quotient = __builtin_complex(a, b) / __builtin_complex(c, d);
            show(creal(quotient) + 0.0), show(cimag(quotient) + 0.0); // no zero has a sign
        } else {
            const double _Complex quotient = __builtin_complex(1.0, b) / __builtin_complex(c, d);
const int infinite = isinf(creal(quotient)) || isinf(cimag(quotient));
            printf(" %d%d", infinite, !infinite && isnan(creal(quotient)));
        }
        puts("");
    }
}

static void divided_by_zero(int signal) {
    (void)signal;
    puts("SIGFPE");
    exit(0);
}

int main(void) {
    for (unsigned i = 0; i < 3000; i++) {
        uint64_t a = number(i % 60), b = number(i / 60);
        if (b) integers(a, b);
    }
    for (unsigned i = 0; i < 300; i++) conversions(number(i));
    halves();
    complexes();
    for (int exponent = -20; exponent < 20; exponent++) {
        double base = 1.5;
        float narrow = 1.25f;
        HIDE(base);
        HIDE(narrow);
        HIDE(exponent);
        printf("%a %a\n", __builtin_powi(base, exponent), (double)__builtin_powif(narrow, exponent));
    }
    signal(SIGFPE, divided_by_zero);
    uint64_t zero = 0;
    HIDE(zero);
    printf("%d\n", (int)(5 / zero));
    return 1;
}

// Division for ARMv6, which has no instruction for it, by the names of Arm's run-time ABI; and what else of integers
// the compiler leaves to functions.
#include <stdint.h>

// Of the C library, whose headers are made later than this.
int raise(int signal);
enum { SIGFPE = 8 };

struct quotient64 {
    uint64_t quotient, remainder;
};

uint32_t __aeabi_uidiv(uint32_t value, uint32_t by);
int32_t __aeabi_idiv(int32_t value, int32_t by);
uint64_t __aeabi_uidivmod(uint32_t value, uint32_t by);
uint64_t __aeabi_idivmod(int32_t value, int32_t by);
void __aeabi_uldivmod(void);
void __aeabi_ldivmod(void);
int32_t __aeabi_idiv0(int32_t result);
int64_t __aeabi_ldiv0(int64_t result);
uint64_t __aeabi_lmul(uint64_t a, uint64_t b);
uint64_t __aeabi_llsl(uint64_t value, int count);
uint64_t __aeabi_llsr(uint64_t value, int count);
int64_t __aeabi_lasr(int64_t value, int count);
void __clear_cache(void *begin, void *end);

// Like processors that know: a signal. What comes back where somebody ignores it is the largest number or nothing.
__attribute__((weak)) int32_t __aeabi_idiv0(int32_t result) {
    raise(SIGFPE);
    return result;
}

__attribute__((weak)) int64_t __aeabi_ldiv0(int64_t result) {
    raise(SIGFPE);
    return result;
}

// Both results in the two registers of one: the quotient is in the lower.
static inline uint64_t both(uint32_t quotient, uint32_t remainder) {
    return quotient | (uint64_t)remainder << 32;
}

// Subtracts the divisor, shifted as far as it fits, then half of that, and so on.
static inline uint64_t divide(uint32_t value, uint32_t by) {
    if (by == 0) return both((uint32_t)__aeabi_idiv0(-1), 0);
    if (value < by) return both(0, value);
    int shift = __builtin_clz(by) - __builtin_clz(value);
    uint32_t quotient = 0;
    by <<= shift;
    do {
        quotient <<= 1;
        if (value >= by) {
            value -= by;
            quotient |= 1;
        }
        by >>= 1;
    } while (shift--);
    return both(quotient, value);
}

static inline uint32_t magnitude(int32_t value) { return value < 0 ? -(uint32_t)value : (uint32_t)value; }

uint64_t __aeabi_uidivmod(uint32_t value, uint32_t by) { return divide(value, by); }
uint32_t __aeabi_uidiv(uint32_t value, uint32_t by) { return (uint32_t)divide(value, by); }

// The remainder has the sign of the dividend.
uint64_t __aeabi_idivmod(int32_t value, int32_t by) {
    const uint64_t result = divide(magnitude(value), magnitude(by));
    const uint32_t quotient = (uint32_t)result, remainder = (uint32_t)(result >> 32);
    return both((value ^ by) < 0 ? -quotient : quotient, value < 0 ? -remainder : remainder);
}

int32_t __aeabi_idiv(int32_t value, int32_t by) { return (int32_t)(uint32_t)__aeabi_idivmod(value, by); }

static inline void divide64(uint64_t value, uint64_t by, struct quotient64 *result) {
    result->quotient = 0;
    result->remainder = value;
    if (by == 0) {
        result->quotient = (uint64_t)__aeabi_ldiv0(-1);
        result->remainder = 0;
        return;
    }
    if (value < by) return;
    if (value >> 32 == 0) {
        const uint64_t small = divide((uint32_t)value, (uint32_t)by);
        result->quotient = (uint32_t)small;
        result->remainder = small >> 32;
        return;
    }
    int shift = __builtin_clzll(by) - __builtin_clzll(value);
    uint64_t quotient = 0;
    by <<= shift;
    do {
        quotient <<= 1;
        if (value >= by) {
            value -= by;
            quotient |= 1;
        }
        by >>= 1;
    } while (shift--);
    result->quotient = quotient;
    result->remainder = value;
}

static inline uint64_t magnitude64(int64_t value) { return value < 0 ? -(uint64_t)value : (uint64_t)value; }

__attribute__((used, visibility("hidden"))) void __armv6_divide_unsigned(uint64_t value, uint64_t by,
    struct quotient64 *result);
__attribute__((used, visibility("hidden"))) void __armv6_divide_signed(int64_t value, int64_t by,
    struct quotient64 *result);

void __armv6_divide_unsigned(uint64_t value, uint64_t by, struct quotient64 *result) { divide64(value, by, result); }

void __armv6_divide_signed(int64_t value, int64_t by, struct quotient64 *result) {
    divide64(magnitude64(value), magnitude64(by), result);
    if ((value ^ by) < 0) result->quotient = -result->quotient;
    if (value < 0) result->remainder = -result->remainder;
}

// The results are in four registers, which no function of C can return. The stack has: where they are to be put, a gap
// that keeps it aligned, the results, and what is saved.
#define IN_FOUR_REGISTERS(function) \
    __asm__("push {r11, lr}\n\t" \
            "sub sp, sp, #24\n\t" \
            "add r12, sp, #8\n\t" \
            "str r12, [sp]\n\t" \
            "bl " function "\n\t" \
            "add r12, sp, #8\n\t" \
            "ldm r12, {r0, r1, r2, r3}\n\t" \
            "add sp, sp, #24\n\t" \
            "pop {r11, pc}")

__attribute__((naked)) void __aeabi_uldivmod(void) { IN_FOUR_REGISTERS("__armv6_divide_unsigned"); }
__attribute__((naked)) void __aeabi_ldivmod(void) { IN_FOUR_REGISTERS("__armv6_divide_signed"); }

// The compiler has instructions for these. Code of others may call them.
uint64_t __aeabi_lmul(uint64_t a, uint64_t b) { return a * b; }
uint64_t __aeabi_llsl(uint64_t value, int count) { return value << count; }
uint64_t __aeabi_llsr(uint64_t value, int count) { return value >> count; }
int64_t __aeabi_lasr(int64_t value, int count) { return value >> count; }

// Makes code that was written as data ready to be executed, by the kernel's call for that, which Arm alone has.
void __clear_cache(void *begin, void *end) {
    register void *first __asm__("r0") = begin;
    register void *last __asm__("r1") = end;
    register unsigned flags __asm__("r2") = 0;
    register unsigned number __asm__("r7") = 0xf0002;
    __asm__ volatile("svc #0" : "+r"(first) : "r"(last), "r"(flags), "r"(number) : "memory");
}

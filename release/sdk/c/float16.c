// The conversions of Float16 by the names that Arm's convention gives them, which are clang's: libgcc has them by GNU's
// names alone. Whatever the platform, they take and return numbers in integer registers.
#ifdef __arm__
#include <stdint.h>

#define BASE __attribute__((pcs("aapcs")))

BASE uint16_t __gnu_d2h_ieee(double value);
BASE uint16_t __gnu_f2h_ieee(float value);
BASE float __gnu_h2f_ieee(uint16_t bits);
BASE uint16_t __aeabi_d2h(double value);
BASE uint16_t __aeabi_f2h(float value);
BASE float __aeabi_h2f(uint16_t bits);

BASE uint16_t __aeabi_d2h(double value) { return __gnu_d2h_ieee(value); }
BASE uint16_t __aeabi_f2h(float value) { return __gnu_f2h_ieee(value); }
BASE float __aeabi_h2f(uint16_t bits) { return __gnu_h2f_ieee(bits); }
#else
typedef int only_32_bit_arm_needs_this;
#endif

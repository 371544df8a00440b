// The toolchain's Unicode functions for 32-bit Arm are compiled for soft float: the one that returns a double returns
// it in integer registers, where a hard-float caller does not look. The SDK renames it, and this calls it by its own
// rules.
#ifdef __arm__
#include <stdint.h>

double _swift_stdlib_getNumericValue(uint32_t scalar);
__attribute__((pcs("aapcs"))) double soft_float_getNumericValue(uint32_t scalar);

double _swift_stdlib_getNumericValue(uint32_t scalar) { return soft_float_getNumericValue(scalar); }
#else
typedef int only_32_bit_arm_needs_this;
#endif

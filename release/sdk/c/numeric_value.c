// The toolchain's Unicode functions for 32-bit Arm and for RISC-V are compiled for soft float: the one that returns a
// double returns it in integer registers, where a hard-float caller does not look. The SDK renames it, and this calls
// it by its own rules.
#include <stdint.h>
#include <string.h>

double _swift_stdlib_getNumericValue(uint32_t scalar);

#if defined(__arm__)
__attribute__((pcs("aapcs"))) double soft_float_getNumericValue(uint32_t scalar);

double _swift_stdlib_getNumericValue(uint32_t scalar) { return soft_float_getNumericValue(scalar); }
#elif defined(__riscv)
uint64_t soft_float_getNumericValue(uint32_t scalar);

double _swift_stdlib_getNumericValue(uint32_t scalar) {
    uint64_t bits = soft_float_getNumericValue(scalar);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
#endif

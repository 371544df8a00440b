// C's functions of numbers under one name for each type, as C++ and Swift have them: musl's own for float end in f,
// those for long double in l. Where Swift has no such type, or it is double, there are none of these.
#pragma once
#include <math.h>

#ifdef __cplusplus
extern "C++" {
#endif

#define SWIFT_MUSL_OF_TYPE(result, type, name, suffix, parameters, arguments) \
    static inline __attribute__((overloadable)) result name parameters(type) { return name##suffix arguments; }

#ifdef __x86_64__
#define SWIFT_MUSL_EACH(result_of, name, parameters, arguments) \
    SWIFT_MUSL_OF_TYPE(result_of(float), float, name, f, parameters, arguments) \
    SWIFT_MUSL_OF_TYPE(result_of(long double), long double, name, l, parameters, arguments)
#else
#define SWIFT_MUSL_EACH(result_of, name, parameters, arguments) \
    SWIFT_MUSL_OF_TYPE(result_of(float), float, name, f, parameters, arguments)
#endif

#define SWIFT_MUSL_SAME(type) type
#define SWIFT_MUSL_INT(type) int
#define SWIFT_MUSL_X(type) (type x)
#define SWIFT_MUSL_X_Y(type) (type x, type y)
#define SWIFT_MUSL_X_N(type) (type x, int n)

#define SWIFT_MUSL_ONE(name) SWIFT_MUSL_EACH(SWIFT_MUSL_SAME, name, SWIFT_MUSL_X, (x))
#define SWIFT_MUSL_TWO(name) SWIFT_MUSL_EACH(SWIFT_MUSL_SAME, name, SWIFT_MUSL_X_Y, (x, y))
#define SWIFT_MUSL_SCALED(name) SWIFT_MUSL_EACH(SWIFT_MUSL_SAME, name, SWIFT_MUSL_X_N, (x, n))

SWIFT_MUSL_ONE(acos)
SWIFT_MUSL_ONE(asin)
SWIFT_MUSL_ONE(atan)
SWIFT_MUSL_ONE(cos)
SWIFT_MUSL_ONE(sin)
SWIFT_MUSL_ONE(tan)
SWIFT_MUSL_ONE(acosh)
SWIFT_MUSL_ONE(asinh)
SWIFT_MUSL_ONE(atanh)
SWIFT_MUSL_ONE(cosh)
SWIFT_MUSL_ONE(sinh)
SWIFT_MUSL_ONE(tanh)
SWIFT_MUSL_ONE(exp)
SWIFT_MUSL_ONE(exp2)
SWIFT_MUSL_ONE(expm1)
SWIFT_MUSL_ONE(log)
SWIFT_MUSL_ONE(log10)
SWIFT_MUSL_ONE(log2)
SWIFT_MUSL_ONE(log1p)
SWIFT_MUSL_ONE(logb)
SWIFT_MUSL_ONE(cbrt)
SWIFT_MUSL_ONE(erf)
SWIFT_MUSL_ONE(erfc)
SWIFT_MUSL_ONE(tgamma)
SWIFT_MUSL_ONE(lgamma)
SWIFT_MUSL_ONE(nearbyint)
SWIFT_MUSL_ONE(rint)
SWIFT_MUSL_TWO(atan2)
SWIFT_MUSL_TWO(hypot)
SWIFT_MUSL_TWO(pow)
SWIFT_MUSL_TWO(nextafter)
SWIFT_MUSL_TWO(copysign)
SWIFT_MUSL_TWO(fdim)
SWIFT_MUSL_TWO(fmin)
SWIFT_MUSL_TWO(fmax)
SWIFT_MUSL_SCALED(scalbn)
SWIFT_MUSL_SCALED(ldexp)
SWIFT_MUSL_EACH(SWIFT_MUSL_INT, ilogb, SWIFT_MUSL_X, (x))

#ifdef __cplusplus
}
#endif

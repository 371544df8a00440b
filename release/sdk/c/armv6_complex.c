// Multiplication and division of complex numbers, as annex G of the C standard wants them: an infinity is one, whatever
// the other part is.
double _Complex __muldc3(double a, double b, double c, double d);
double _Complex __divdc3(double a, double b, double c, double d);
float _Complex __mulsc3(float a, float b, float c, float d);
float _Complex __divsc3(float a, float b, float c, float d);

#define is_nan(x) __builtin_isnan(x)
#define is_infinite(x) __builtin_isinf(x)
#define is_finite(x) __builtin_isfinite(x)

// 1 or 0 with the sign of x: its place on the square around the infinities.
#define BOXED(type, x) ((type)__builtin_copysign(is_infinite(x) ? 1.0 : 0.0, x))
// What is no number counts as nothing.
#define NUMBER(type, x) (is_nan(x) ? (type)__builtin_copysign(0.0, x) : (x))

#define MULTIPLY(name, type) \
    type _Complex name(type a, type b, type c, type d) { \
        const type ac = a * c, bd = b * d, ad = a * d, bc = b * c; \
        type real = ac - bd, imaginary = ad + bc; \
        if (is_nan(real) && is_nan(imaginary)) { \
            int again = 0; \
            if (is_infinite(a) || is_infinite(b)) { \
                a = BOXED(type, a), b = BOXED(type, b), c = NUMBER(type, c), d = NUMBER(type, d); \
                again = 1; \
            } \
            if (is_infinite(c) || is_infinite(d)) { \
                c = BOXED(type, c), d = BOXED(type, d), a = NUMBER(type, a), b = NUMBER(type, b); \
                again = 1; \
            } \
            if (!again && (is_infinite(ac) || is_infinite(bd) || is_infinite(ad) || is_infinite(bc))) { \
                a = NUMBER(type, a), b = NUMBER(type, b), c = NUMBER(type, c), d = NUMBER(type, d); \
                again = 1; \
            } \
            if (again) { \
                real = (type)__builtin_inf() * (a * c - b * d); \
                imaginary = (type)__builtin_inf() * (a * d + b * c); \
            } \
        } \
        return __builtin_complex(real, imaginary); \
    }

MULTIPLY(__muldc3, double)
MULTIPLY(__mulsc3, float)

// The exponent of a finite number that is not zero; of any other, 0.
static int exponent_of(double value) {
    int exponent = 0;
    if (value == 0 || !is_finite(value)) return 0;
    value = __builtin_fabs(value);
    while (value >= 0x1p64) value *= 0x1p-64, exponent += 64;
    while (value < 0x1p-64) value *= 0x1p64, exponent -= 64;
    while (value >= 2) value /= 2, exponent++;
    while (value < 1) value *= 2, exponent--;
    return exponent;
}

static double scaled(double value, int exponent) {
    for (; exponent >= 64; exponent -= 64) value *= 0x1p64;
    for (; exponent <= -64; exponent += 64) value *= 0x1p-64;
    for (; exponent > 0; exponent--) value *= 2;
    for (; exponent < 0; exponent++) value /= 2;
    return value;
}

#define DIVIDE(name, type) \
    type _Complex name(type a, type b, type c, type d) { \
        const int shift = exponent_of(__builtin_fabs(c) > __builtin_fabs(d) ? c : d); \
        const double x = scaled(c, -shift), y = scaled(d, -shift), size = x * x + y * y; \
        type real = (type)scaled((a * x + b * y) / size, -shift); \
        type imaginary = (type)scaled((b * x - a * y) / size, -shift); \
        if (is_nan(real) && is_nan(imaginary)) { \
            if (size == 0 && (!is_nan(a) || !is_nan(b))) { \
                real = (type)__builtin_copysign(__builtin_inf(), c) * a; \
                imaginary = (type)__builtin_copysign(__builtin_inf(), c) * b; \
            } else if ((is_infinite(a) || is_infinite(b)) && is_finite(c) && is_finite(d)) { \
                a = BOXED(type, a), b = BOXED(type, b); \
                real = (type)__builtin_inf() * (a * c + b * d); \
                imaginary = (type)__builtin_inf() * (b * c - a * d); \
            } else if ((is_infinite(c) || is_infinite(d)) && is_finite(a) && is_finite(b)) { \
                c = BOXED(type, c), d = BOXED(type, d); \
                real = 0 * (a * c + b * d); \
                imaginary = 0 * (b * c - a * d); \
            } \
        } \
        return __builtin_complex(real, imaginary); \
    }

DIVIDE(__divdc3, double)
DIVIDE(__divsc3, float)

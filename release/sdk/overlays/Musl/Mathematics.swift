// musl's own names for Float and Float80 end in f and l; these have the names for Double. The result for any
// FloatingPoint comes from the type's own operations.

public func fabs<T: FloatingPoint>(_ x: T) -> T { x.magnitude }
public func sqrt<T: FloatingPoint>(_ x: T) -> T { x.squareRoot() }
public func fma<T: FloatingPoint>(_ x: T, _ y: T, _ z: T) -> T { z.addingProduct(x, y) }
public func remainder<T: FloatingPoint>(_ x: T, _ y: T) -> T { x.remainder(dividingBy: y) }
public func fmod<T: FloatingPoint>(_ x: T, _ y: T) -> T { x.truncatingRemainder(dividingBy: y) }
public func ceil<T: FloatingPoint>(_ x: T) -> T { x.rounded(.up) }
public func floor<T: FloatingPoint>(_ x: T) -> T { x.rounded(.down) }
public func round<T: FloatingPoint>(_ x: T) -> T { x.rounded() }
public func trunc<T: FloatingPoint>(_ x: T) -> T { x.rounded(.towardZero) }

public func acos(_ x: Float) -> Float { acosf(x) }
public func asin(_ x: Float) -> Float { asinf(x) }
public func atan(_ x: Float) -> Float { atanf(x) }
public func cos(_ x: Float) -> Float { cosf(x) }
public func sin(_ x: Float) -> Float { sinf(x) }
public func tan(_ x: Float) -> Float { tanf(x) }
public func acosh(_ x: Float) -> Float { acoshf(x) }
public func asinh(_ x: Float) -> Float { asinhf(x) }
public func atanh(_ x: Float) -> Float { atanhf(x) }
public func cosh(_ x: Float) -> Float { coshf(x) }
public func sinh(_ x: Float) -> Float { sinhf(x) }
public func tanh(_ x: Float) -> Float { tanhf(x) }
public func exp(_ x: Float) -> Float { expf(x) }
public func exp2(_ x: Float) -> Float { exp2f(x) }
public func expm1(_ x: Float) -> Float { expm1f(x) }
public func log(_ x: Float) -> Float { logf(x) }
public func log10(_ x: Float) -> Float { log10f(x) }
public func log2(_ x: Float) -> Float { log2f(x) }
public func log1p(_ x: Float) -> Float { log1pf(x) }
public func logb(_ x: Float) -> Float { logbf(x) }
public func cbrt(_ x: Float) -> Float { cbrtf(x) }
public func erf(_ x: Float) -> Float { erff(x) }
public func erfc(_ x: Float) -> Float { erfcf(x) }
public func tgamma(_ x: Float) -> Float { tgammaf(x) }
public func lgamma(_ x: Float) -> Float { lgammaf(x) }
public func nearbyint(_ x: Float) -> Float { nearbyintf(x) }
public func rint(_ x: Float) -> Float { rintf(x) }
public func atan2(_ x: Float, _ y: Float) -> Float { atan2f(x, y) }
public func hypot(_ x: Float, _ y: Float) -> Float { hypotf(x, y) }
public func pow(_ x: Float, _ y: Float) -> Float { powf(x, y) }
public func nextafter(_ x: Float, _ y: Float) -> Float { nextafterf(x, y) }
public func copysign(_ x: Float, _ y: Float) -> Float { copysignf(x, y) }
public func fdim(_ x: Float, _ y: Float) -> Float { fdimf(x, y) }
public func fmin(_ x: Float, _ y: Float) -> Float { fminf(x, y) }
public func fmax(_ x: Float, _ y: Float) -> Float { fmaxf(x, y) }
public func scalbn(_ x: Float, _ n: Int32) -> Float { scalbnf(x, n) }
public func ldexp(_ x: Float, _ n: Int32) -> Float { ldexpf(x, n) }
public func ilogb(_ x: Float) -> Int32 { ilogbf(x) }
public func frexp(_ x: Float) -> (Float, Int) {
    var exponent: Int32 = 0
    return (unsafe frexpf(x, &exponent), Int(exponent))
}
public func modf(_ x: Float) -> (Float, Float) {
    var whole: Float = 0
    return (unsafe modff(x, &whole), whole)
}

public func frexp(_ x: Double) -> (Double, Int) {
    var exponent: Int32 = 0
    return (unsafe frexp(x, &exponent), Int(exponent))
}
public func modf(_ x: Double) -> (Double, Double) {
    var whole: Double = 0
    return (unsafe modf(x, &whole), whole)
}

#if arch(x86_64)
    public func acos(_ x: Float80) -> Float80 { acosl(x) }
    public func asin(_ x: Float80) -> Float80 { asinl(x) }
    public func atan(_ x: Float80) -> Float80 { atanl(x) }
    public func cos(_ x: Float80) -> Float80 { cosl(x) }
    public func sin(_ x: Float80) -> Float80 { sinl(x) }
    public func tan(_ x: Float80) -> Float80 { tanl(x) }
    public func acosh(_ x: Float80) -> Float80 { acoshl(x) }
    public func asinh(_ x: Float80) -> Float80 { asinhl(x) }
    public func atanh(_ x: Float80) -> Float80 { atanhl(x) }
    public func cosh(_ x: Float80) -> Float80 { coshl(x) }
    public func sinh(_ x: Float80) -> Float80 { sinhl(x) }
    public func tanh(_ x: Float80) -> Float80 { tanhl(x) }
    public func exp(_ x: Float80) -> Float80 { expl(x) }
    public func exp2(_ x: Float80) -> Float80 { exp2l(x) }
    public func expm1(_ x: Float80) -> Float80 { expm1l(x) }
    public func log(_ x: Float80) -> Float80 { logl(x) }
    public func log10(_ x: Float80) -> Float80 { log10l(x) }
    public func log2(_ x: Float80) -> Float80 { log2l(x) }
    public func log1p(_ x: Float80) -> Float80 { log1pl(x) }
    public func logb(_ x: Float80) -> Float80 { logbl(x) }
    public func cbrt(_ x: Float80) -> Float80 { cbrtl(x) }
    public func erf(_ x: Float80) -> Float80 { erfl(x) }
    public func erfc(_ x: Float80) -> Float80 { erfcl(x) }
    public func tgamma(_ x: Float80) -> Float80 { tgammal(x) }
    public func lgamma(_ x: Float80) -> Float80 { lgammal(x) }
    public func nearbyint(_ x: Float80) -> Float80 { nearbyintl(x) }
    public func rint(_ x: Float80) -> Float80 { rintl(x) }
    public func atan2(_ x: Float80, _ y: Float80) -> Float80 { atan2l(x, y) }
    public func hypot(_ x: Float80, _ y: Float80) -> Float80 { hypotl(x, y) }
    public func pow(_ x: Float80, _ y: Float80) -> Float80 { powl(x, y) }
    public func nextafter(_ x: Float80, _ y: Float80) -> Float80 { nextafterl(x, y) }
    public func copysign(_ x: Float80, _ y: Float80) -> Float80 { copysignl(x, y) }
    public func fdim(_ x: Float80, _ y: Float80) -> Float80 { fdiml(x, y) }
    public func fmin(_ x: Float80, _ y: Float80) -> Float80 { fminl(x, y) }
    public func fmax(_ x: Float80, _ y: Float80) -> Float80 { fmaxl(x, y) }
    public func scalbn(_ x: Float80, _ n: Int32) -> Float80 { scalbnl(x, n) }
    public func ldexp(_ x: Float80, _ n: Int32) -> Float80 { ldexpl(x, n) }
    public func ilogb(_ x: Float80) -> Int32 { ilogbl(x) }
    public func frexp(_ x: Float80) -> (Float80, Int) {
        var exponent: Int32 = 0
        return (unsafe frexpl(x, &exponent), Int(exponent))
    }
    public func modf(_ x: Float80) -> (Float80, Float80) {
        var whole: Float80 = 0
        return (unsafe modfl(x, &whole), whole)
    }
#endif

// What a type's own operations give. All else is in modulemaps/musl/Mathematics.h, which has musl's functions for Float
// and Float80 under the names for Double.

public func fabs<T: FloatingPoint>(_ x: T) -> T { x.magnitude }
public func sqrt<T: FloatingPoint>(_ x: T) -> T { x.squareRoot() }
public func fma<T: FloatingPoint>(_ x: T, _ y: T, _ z: T) -> T { z.addingProduct(x, y) }
public func remainder<T: FloatingPoint>(_ x: T, _ y: T) -> T { x.remainder(dividingBy: y) }
public func fmod<T: FloatingPoint>(_ x: T, _ y: T) -> T { x.truncatingRemainder(dividingBy: y) }
public func ceil<T: FloatingPoint>(_ x: T) -> T { x.rounded(.up) }
public func floor<T: FloatingPoint>(_ x: T) -> T { x.rounded(.down) }
public func round<T: FloatingPoint>(_ x: T) -> T { x.rounded() }
public func trunc<T: FloatingPoint>(_ x: T) -> T { x.rounded(.towardZero) }

public func frexp<T: BinaryFloatingPoint>(_ x: T) -> (T, Int) {
    guard x.isFinite, !x.isZero else { return (x, 0) }
    return (T(signOf: x, magnitudeOf: x.significand / 2), Int(x.exponent) + 1)
}
public func modf<T: BinaryFloatingPoint>(_ x: T) -> (T, T) {
    let whole = x.rounded(.towardZero)
    return (T(signOf: x, magnitudeOf: x.isInfinite ? 0 : x - whole), whole)
}

import Musl

// The problems of the Computer Language Benchmarks Game, small.

final class Tree {
    let left: Tree?
    let right: Tree?
    init(depth: Int) {
        left = depth > 0 ? Tree(depth: depth - 1) : nil
        right = depth > 0 ? Tree(depth: depth - 1) : nil
    }
    var count: Int { 1 + (left?.count ?? 0) + (right?.count ?? 0) }
}

func binaryTrees(_ depth: Int) {
    print("stretch tree of depth \(depth + 1)\t check: \(Tree(depth: depth + 1).count)")
    let lasting = Tree(depth: depth)
    for level in stride(from: 4, through: depth, by: 2) {
        let trees = 1 << (depth - level + 4)
        let check = (0..<trees).reduce(0) { sum, _ in sum + Tree(depth: level).count }
        print("\(trees)\t trees of depth \(level)\t check: \(check)")
    }
    print("long lived tree of depth \(depth)\t check: \(lasting.count)")
}

func fannkuch(_ size: Int) {
    var permutation = Array(0..<size)
    var counts = [Int](repeating: 0, count: size)
    var (checksum, most, number, rest) = (0, 0, 0, size)
    while true {
        while rest > 1 {
            counts[rest - 1] = rest
            rest -= 1
        }
        var (turned, flips) = (permutation, 0)
        while turned[0] != 0 {
            turned[...turned[0]].reverse()
            flips += 1
        }
        most = max(most, flips)
        checksum += number.isMultiple(of: 2) ? flips : -flips
        while true {
            if rest == size { return print("\(checksum)\nPfannkuchen(\(size)) = \(most)") }
            permutation.insert(permutation.removeFirst(), at: rest)
            counts[rest] -= 1
            if counts[rest] > 0 { break }
            rest += 1
        }
        number += 1
    }
}

func mandelbrot(_ size: Int) {
    printf("P4\n%d %d\n", size, size)
    var row = [UInt8](repeating: 0, count: (size + 7) / 8)
    for y in 0..<size {
        for x in 0..<size {
            let real = 2 * Double(x) / Double(size) - 1.5
            let imaginary = 2 * Double(y) / Double(size) - 1
            var (a, b, inside) = (0.0, 0.0, true)
            for _ in 0..<50 where inside {
                let square: Double = a * a - b * b
                b = 2 * a * b + imaginary
                a = square + real
                inside = a * a + b * b <= 4
            }
            if x % 8 == 0 { row[x / 8] = 0 }
            if inside { row[x / 8] |= 0x80 >> UInt8(x % 8) }
        }
        fwrite(row, 1, row.count, stdout)
    }
}

struct Body {
    var place: SIMD3<Double>
    var velocity: SIMD3<Double>
    var mass: Double
}

func squared(_ vector: SIMD3<Double>) -> Double { (vector * vector).sum() }

func nBody(_ steps: Int) {
    let solar: Double = 4 * Double.pi * Double.pi
    let days = 365.24
    let jupiter = 9.54791938424326609e-04 * solar
    let saturn = 2.85885980666130812e-04 * solar
    var bodies = [
        Body(place: .zero, velocity: .zero, mass: solar),
        Body(
            place: [4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01],
            velocity: days * [1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05],
            mass: jupiter),
        Body(
            place: [8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01],
            velocity: days * [-2.76742510726411921e-03, 4.99852801234917238e-03, 2.30417297573763929e-05],
            mass: saturn),
    ]
    for index in 1..<bodies.count { bodies[0].velocity -= bodies[index].velocity * (bodies[index].mass / solar) }
    func energy() -> Double {
        var sum = 0.0
        for (index, body) in bodies.enumerated() {
            sum += body.mass * squared(body.velocity) / 2
            for other in bodies[(index + 1)...] {
                sum -= body.mass * other.mass / sqrt(squared(body.place - other.place))
            }
        }
        return sum
    }
    printf("%.9f\n", energy())
    for _ in 0..<steps {
        for i in bodies.indices {
            for j in (i + 1)..<bodies.count {
                let between = bodies[i].place - bodies[j].place
                let distance = squared(between)
                let strength = 0.01 / (distance * sqrt(distance))
                bodies[i].velocity -= between * (bodies[j].mass * strength)
                bodies[j].velocity += between * (bodies[i].mass * strength)
            }
        }
        for i in bodies.indices { bodies[i].place += 0.01 * bodies[i].velocity }
    }
    printf("%.9f\n", energy())
}

func spectralNorm(_ size: Int) {
    func element(_ row: Int, _ column: Int) -> Double {
        let sum = row + column
        return 1 / Double(sum * (sum + 1) / 2 + row + 1)
    }
    func multiplied(_ vector: [Double], transposed: Bool) -> [Double] {
        var result = vector
        for row in 0..<size {
            var sum = 0.0
            for column in 0..<size {
                sum += (transposed ? element(column, row) : element(row, column)) * vector[column]
            }
            result[row] = sum
        }
        return result
    }
    func product(_ one: [Double], _ other: [Double]) -> Double {
        var sum = 0.0
        for index in 0..<size { sum += one[index] * other[index] }
        return sum
    }
    var u = [Double](repeating: 1, count: size)
    var v = u
    for _ in 0..<10 {
        v = multiplied(multiplied(u, transposed: false), transposed: true)
        u = multiplied(multiplied(v, transposed: false), transposed: true)
    }
    printf("%.9f\n", sqrt(product(u, v) / product(v, v)))
}

@main struct Benchmarks {
    static func main() {
        switch CommandLine.arguments.last {
        case "binary-trees": binaryTrees(8)
        case "fannkuch": fannkuch(7)
        case "mandelbrot": mandelbrot(64)
        case "n-body": nBody(1000)
        case "spectral-norm": spectralNorm(100)
        default: exit(2)
        }
    }
}

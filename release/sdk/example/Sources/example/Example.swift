import CARoots
import CExample

@main
struct Example {
    static func main() {
        // The same sum in Swift and in C, called from Swift and called back from C: on a platform whose two compilers
        // disagree about the registers of a Double, the numbers differ.
        let there = example_mix(-3, 0.1, 2.5, 1 << 40, 1e-3)
        let back = example_call_back { a, b, c, d, e in
            Double(a) + b * 2 + Double(c) * 4 + Double(d) * 8 + e * 16
        }
        print("Swift to C: \(there)")
        print("C to Swift: \(back)")
        print("text to Double: \(Double("0.30000000000000004") ?? .nan)")
        print("hashing: \(Set(["é", "e\u{301}", "e"]).count) distinct of 3")
        print("Unicode: ½ is \(Unicode.Scalar(0xBD).properties.numericValue ?? .nan)")
        print("objects: \(eachObjectEndsOnce() ? "each ended once" : "lost or ended twice")")
        print("short strings: \(example_retain_keeps_bits() == 1 ? "kept" : "damaged")")
        print("empty arrays: \(emptyArraysHaveSpans() ? "have spans" : "are not empty")")
        print("libraries: \(String(cString: example_curl_version()))")
        print("CA roots: \(ca_roots_pem_size > 100_000 ? "present" : "missing")")
        print("Int: \(Int.bitWidth) bits")
    }
}

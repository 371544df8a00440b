// swift-tools-version: 6.2
import PackageDescription

// A program for the SDK beside it: Embedded Swift, a C target, and libraries that the SDK carries.
let package = Package(
    name: "example",
    targets: [
        .executableTarget(name: "example", dependencies: ["CExample"]),
        // What Swift imports tells the linker by itself; this one is called from C alone.
        .target(name: "CExample", linkerSettings: [.linkedLibrary("curl")]),
    ]
)

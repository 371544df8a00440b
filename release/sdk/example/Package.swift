// swift-tools-version: 6.2
import PackageDescription

// A program for the SDK beside it: Embedded Swift, a C target, and libraries that the SDK carries.
let package = Package(
    name: "example",
    targets: [
        .executableTarget(name: "example", dependencies: ["CExample"]),
        .target(name: "CExample"),
    ]
)

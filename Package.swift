// swift-tools-version: 6.2
import Foundation
import PackageDescription

// One set of rules for every target. The shipped program is Embedded Swift: EmbeddedRestrictions makes a build of the
// host refuse what the cross build would refuse, and strict memory safety makes every unsafe operation carry its name.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatWarning("StrictMemorySafety", as: .error),
    .treatWarning("EmbeddedRestrictions", as: .error),
]

// The program's release, which release/build makes, is built with flags that SwiftPM refuses in a dependency: those who
// use the libraries do without.
let isRelease = Context.environment["TMDB_MCP_RELEASE"] == "1"

func flags(_ flags: [String]) -> [SwiftSetting] {
    isRelease ? [.unsafeFlags(flags, .when(configuration: .release))] : []
}

// Embedded Swift compiles a library to code again in the program that imports it: a library is optimized here and its
// own object file is left empty. That is half the work, and one copy of generic code.
func library(_ settings: [SwiftSetting]) -> [SwiftSetting] {
    settings + flags(["-Xfrontend", "-emit-empty-object-file"])
}

// The compiler would copy a function for each closure that it is called with. That pays in the loops of JSON and
// EventLoop alone.
let leanSettings = settings + flags(["-Xllvm", "-sil-disable-pass=closure-specialize"])

// What runs once or seldom is optimized for size, and so is all machine code, which is made with the program: -O in the
// modules of the hot loops decides what is inlined and specialized there.
let smallSettings = leanSettings + flags(["-Osize"])

// All machine code is made with the program. Traps that the linker and the debugger cannot tell apart are one. LLVM's
// machine outliner makes one function of instructions that occur in several places, in copies of generic code too, but
// not in the functions that serve requests (release/README.md). LLVM's verifier, a twentieth of the time, is off.
let programFlags = flags([
    "-Xfrontend", "-mergeable-traps", "-Xfrontend", "-disable-llvm-verify",
    "-Xllvm", "-enable-machine-outliner=always", "-Xllvm", "-enable-linkonceodr-outlining",
    "-Xllvm", "-forceattrs-csv-path=" + Context.packageDirectory + "/release/lib/hot-functions.csv",
])

// The Swift SDK has reference counts for programs whose Swift runs in one thread alone: libcurl's own are of C. Nothing
// compares addresses of functions, so that those that are the same in every byte can be one.
let linkerSettings: [LinkerSetting] =
    isRelease
    ? [
        .unsafeFlags(
            ["-Xlinker", "--undefined=swift_musl_one_thread", "-Xlinker", "--icf=all"],
            .when(configuration: .release))
    ] : []

// Tests run as ordinary Swift on the host and may use all of it.
let testSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "tmdb-mcp",
    products: [
        .executable(name: "tmdb-mcp", targets: ["tmdb-mcp"]),
        // For servers of your own: docs/your-own-server.md.
        .library(name: "MCP", targets: ["MCP", "JSON"]),
        .library(name: "MCPStdio", targets: ["MCPStdio", "EventLoop", "System"]),
        .library(name: "MCPHTTP", targets: ["MCPHTTP", "EventLoop", "System", "HTTPTypes"]),
        .library(name: "MCPTasks", targets: ["MCPTasks", "MCP", "JSON"]),
        .library(name: "JSON", targets: ["JSON"]),
        .library(name: "EventLoop", targets: ["EventLoop", "System"]),
    ],
    targets: [
        .executableTarget(
            name: "tmdb-mcp",
            dependencies: [
                "CSystem", "Configuration", "HTTPClient", "HTTPServer", "MCPHTTP", "HTTPTypes", "JSON", "MCP",
                "EventLoop", "System", "MCPStdio", "TMDB", "Upstream", "Bytes",
            ],
            swiftSettings: smallSettings + programFlags,
            linkerSettings: linkerSettings
        ),

        .target(
            name: "TMDB", dependencies: ["HTTPTypes", "JSON", "MCP", "Upstream", "Bytes"],
            swiftSettings: library(smallSettings)),
        .target(name: "Upstream", dependencies: ["HTTPTypes", "JSON", "Bytes"], swiftSettings: library(smallSettings)),
        .target(name: "MCP", dependencies: ["JSON", "Bytes"], swiftSettings: library(smallSettings)),
        .target(name: "MCPTasks", dependencies: ["JSON", "MCP", "Bytes"], swiftSettings: library(smallSettings)),
        .target(
            name: "Configuration", dependencies: ["Bytes", "CSystem", "CYAML", "HTTPTypes", "System"],
            swiftSettings: library(smallSettings)),
        .target(
            name: "HTTPClient",
            dependencies: ["CCurl", "CZlib", "HTTPTypes", "EventLoop", "System", "Bytes"],
            swiftSettings: library(smallSettings)
        ),
        .target(
            name: "MCPHTTP",
            dependencies: ["HTTPServer", "HTTPTypes", "JSON", "MCP", "EventLoop", "System", "Bytes"],
            swiftSettings: library(smallSettings)),
        .target(
            name: "HTTPServer", dependencies: ["HTTPTypes", "EventLoop", "System", "Bytes"],
            swiftSettings: library(smallSettings)),
        .target(name: "MCPStdio", dependencies: ["EventLoop", "MCP", "System"], swiftSettings: library(smallSettings)),
        .target(name: "EventLoop", dependencies: ["System"], swiftSettings: library(settings)),
        .target(name: "System", dependencies: ["Bytes", "CSystem"], swiftSettings: library(settings)),
        .target(name: "HTTPTypes", dependencies: ["Bytes"], swiftSettings: library(smallSettings)),
        .target(name: "JSON", dependencies: ["Bytes"], swiftSettings: library(settings)),
        .target(name: "Bytes", swiftSettings: library(settings)),

        .systemLibrary(name: "CSystem"),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

        // What the tests of several modules use.
        .target(name: "TestSupport", dependencies: ["System"], path: "Tests/TestSupport", swiftSettings: testSettings),
        // Runs the parser over files, for suites of JSON documents from elsewhere.
        .executableTarget(
            name: "json-check", dependencies: ["JSON"], path: "Tests/JSONCheck", swiftSettings: testSettings),
        // What the conformance tests drive: the protocol and its transports, without TMDB. It stands on the products
        // alone, as a stranger's server does.
        .target(
            name: "ConformanceFixtures", dependencies: ["EventLoop", "JSON", "MCP", "MCPTasks", "System"],
            path: "Tests/ConformanceServer/Fixtures", packageAccess: false, swiftSettings: settings),
        .executableTarget(
            name: "conformance-server",
            dependencies: ["ConformanceFixtures", "EventLoop", "MCP", "MCPHTTP", "MCPStdio", "MCPTasks", "System"],
            path: "Tests/ConformanceServer/Program", packageAccess: false, swiftSettings: settings),
        .testTarget(name: "BytesTests", dependencies: ["Bytes"], swiftSettings: testSettings),
        .testTarget(
            name: "ConformanceFixturesTests", dependencies: ["ConformanceFixtures"], swiftSettings: testSettings),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "HTTPTypes", "EventLoop", "System"],
            swiftSettings: testSettings),
        .testTarget(
            name: "EventLoopTests", dependencies: ["EventLoop", "System", "TestSupport"], swiftSettings: testSettings),
        .testTarget(
            name: "HTTPClientTests", dependencies: ["HTTPClient", "HTTPTypes", "EventLoop", "System"],
            swiftSettings: testSettings),
        .testTarget(
            name: "HTTPServerTests", dependencies: ["HTTPServer", "HTTPTypes", "EventLoop", "System", "TestSupport"],
            swiftSettings: testSettings),
        .testTarget(
            name: "MCPHTTPTests",
            dependencies: [
                "HTTPServer", "MCPHTTP", "HTTPTypes", "JSON", "MCP", "EventLoop", "System", "Bytes", "TestSupport",
            ],
            swiftSettings: testSettings),
        .testTarget(name: "HTTPTypesTests", dependencies: ["HTTPTypes"], swiftSettings: testSettings),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"], swiftSettings: testSettings),
        .testTarget(name: "MCPTests", dependencies: ["JSON", "MCP"], swiftSettings: testSettings),
        .testTarget(name: "MCPTasksTests", dependencies: ["JSON", "MCP", "MCPTasks"], swiftSettings: testSettings),
        .testTarget(name: "SystemTests", dependencies: ["System", "TestSupport"], swiftSettings: testSettings),
        .testTarget(name: "tmdb-mcpTests", dependencies: ["tmdb-mcp"], swiftSettings: testSettings),
        .testTarget(
            name: "MCPStdioTests", dependencies: ["EventLoop", "JSON", "MCP", "MCPStdio", "System"],
            swiftSettings: testSettings),
        .testTarget(
            name: "TMDBTests", dependencies: ["JSON", "HTTPTypes", "MCP", "TMDB", "TestSupport", "Upstream"],
            swiftSettings: testSettings),
    ]
)

// The build of an image gets no tests, and SwiftPM looks for the files of every target before it builds one.
if !FileManager.default.fileExists(atPath: Context.packageDirectory + "/Tests") {
    package.targets.removeAll { $0.path?.hasPrefix("Tests/") ?? $0.isTest }
}

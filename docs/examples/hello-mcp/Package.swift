// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "hello-mcp",
    dependencies: [
        // Your own package names a release: .package(url: "https://github.com/tmdb-mcp/tmdb-mcp", from: "…")
        .package(name: "tmdb-mcp", path: "../../..")
    ],
    targets: [
        .executableTarget(
            name: "hello-mcp",
            dependencies: [
                .product(name: "MCP", package: "tmdb-mcp"),
                .product(name: "MCPStdio", package: "tmdb-mcp"),
                .product(name: "MCPHTTP", package: "tmdb-mcp"),
            ])
    ]
)

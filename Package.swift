// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "advisor",
    products: [
        .executable(name: "advisor", targets: ["advisor"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", exact: "1.2.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .yum(["zlib-devel"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .yum(["libcurl-devel"])]),
        .systemLibrary(name: "CSpawn"),
        .target(
            name: "AdvisorCore", dependencies: [.product(name: "Algorithms", package: "swift-algorithms")],
            swiftSettings: strict),
        .target(
            name: "AdvisorFormats",
            dependencies: ["AdvisorCore", "CZlib", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(
            name: "AdvisorStore",
            dependencies: [
                "AdvisorCore", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "AdvisorNetwork",
            dependencies: [
                "AdvisorCore", "CCurl", "CSpawn", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "AdvisorEngine",
            dependencies: [
                "AdvisorCore", "AdvisorFormats", "AdvisorStore", "AdvisorNetwork",
            ],
            swiftSettings: strict),
        .executableTarget(name: "advisor", dependencies: ["AdvisorCLI"], swiftSettings: strict),
        .target(
            name: "AdvisorCLI",
            dependencies: [
                "AdvisorCore", "AdvisorEngine", "AdvisorFormats", "AdvisorStore", "AdvisorNetwork",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(
            name: "AdvisorTestSupport",
            dependencies: ["AdvisorCore", "AdvisorFormats", "AdvisorNetwork", "AdvisorStore"],
            path: "Tests/AdvisorTestSupport", swiftSettings: strict),
        .testTarget(name: "AdvisorCoreTests", dependencies: ["AdvisorCore", "AdvisorTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AdvisorFormatsTests", dependencies: ["AdvisorFormats", "AdvisorTestSupport"], exclude: ["Golden"],
            swiftSettings: strict),
        .testTarget(
            name: "AdvisorStoreTests",
            dependencies: ["AdvisorStore", "AdvisorTestSupport", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "AdvisorNetworkTests",
            dependencies: ["AdvisorCore", "AdvisorFormats", "AdvisorNetwork", "AdvisorTestSupport"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "AdvisorEngineTests",
            dependencies: [
                "AdvisorCore", "AdvisorEngine", "AdvisorFormats", "AdvisorNetwork", "AdvisorStore", "AdvisorTestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AdvisorCLITests",
            dependencies: [
                "AdvisorCLI", "AdvisorCore", "AdvisorEngine", "AdvisorFormats", "AdvisorStore", "AdvisorTestSupport", "advisor",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(name: "HouseTests", exclude: ["layers.txt"], swiftSettings: strict),
    ]
)

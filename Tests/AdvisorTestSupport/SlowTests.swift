internal import Foundation
public import Testing

extension Tag {
    /// Takes long in a debug build: `scripts/test` runs it from a release build.
    @Tag public static var slow: Tag
}

/// Whether tests that take long are run: with `ADVISOR_SLOW_TESTS=1`, as `scripts/test` sets it.
public enum SlowTests {
    /// Whether they are run now.
    public static let areEnabled = ProcessInfo.processInfo.environment["ADVISOR_SLOW_TESTS"] == "1"

    /// Of cases that differ only by chance, so many: all of them when slow tests are run.
    ///
    /// All of them also with `RECORD=1`, so that every golden file is recorded.
    public static func cases<Case>(_ all: [Case], quick: Int) -> [Case] {
        let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
        return areEnabled || isRecording ? all : Array(all.prefix(quick))
    }

    /// A number for the full size of a test, and another for its quick size.
    public static func size(_ full: Int, quick: Int) -> Int { areEnabled ? full : quick }

    /// So many repetitions of a random test, or seeds from 0 on: fewer unless slow tests are run.
    public static func seeds(_ count: Int, quick: Int) -> Range<Int> { 0..<size(count, quick: quick) }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test unless slow tests are run.
    public static var onlyWithSlowTests: Self {
        .enabled(if: SlowTests.areEnabled, "it is slow; scripts/test runs it from a release build")
    }
}

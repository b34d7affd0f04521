internal import Foundation

/// How an engine derives its default limit of connections from memory.
public struct ConnectionFormula: Hashable, Sendable {
    /// `log2(memory / divisor) * factor`.
    public struct Logarithm: Hashable, Sendable {
        /// The divisor of the memory, in bytes.
        public var divisor: Double
        /// The connections per doubling.
        public var factor: Double

        /// Creates a term.
        public init(divisor: Double, factor: Double) { (self.divisor, self.factor) = (divisor, factor) }
    }

    /// The engine.
    public var engine: DatabaseEngine
    /// The memory per connection, in bytes; nil where logarithms give the limit.
    public var divisor: Double?
    /// The highest limit; nil if there is none.
    public var atMost: Double?
    /// The terms of which the largest is the limit.
    public var logarithms: [Logarithm]
    /// The source.
    public var source: String
    /// The date it was read, `2026-11-23`.
    public var asOf: String

    /// Creates a formula.
    public init(
        engine: DatabaseEngine, divisor: Double?, atMost: Double?, logarithms: [Logarithm] = [], source: String, asOf: String
    ) {
        (self.engine, self.divisor, self.atMost, self.logarithms) = (engine, divisor, atMost, logarithms)
        (self.source, self.asOf) = (source, asOf)
    }

    /// The limit for an amount of memory in bytes, rounded down.
    public func limit(memory: Double) -> Double {
        let limit = divisor.map { memory / $0 } ?? logarithms.map { log2(memory / $0.divisor) * $0.factor }.max() ?? 0
        return max(0, min(limit, atMost ?? .infinity)).rounded(.down)
    }
}

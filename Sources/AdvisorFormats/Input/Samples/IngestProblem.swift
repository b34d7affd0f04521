public import AdvisorCore

/// A problem of an input.
public struct IngestProblem: Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The column in bytes, from 1; nil for the whole line.
    public var column: Int?
    /// The error, and what to write instead.
    public var problem: String
    /// How many records were rejected for it; 0 for a note.
    public var records: Int

    /// Creates a problem.
    public init(line: Int, column: Int?, problem: String, records: Int = 1) {
        (self.line, self.column, self.problem, self.records) = (line, column, problem, records)
    }
}

extension Metric {
    /// Why a sample of the metric is impossible: `impossible value of cpu: 150 % (at most 100 %)`; nil if it is not.
    public func problem(of sample: Sample) -> String? {
        guard let violation = limits.violation(of: sample) else { return nil }
        let value = ValueText.text(violation.value.value, violation.value.kind)
        let limit = ValueText.text(violation.limit.value, violation.limit.kind)
        return "impossible value of \(id): \(value) (\(violation.isAbove ? "at most" : "at least") \(limit))"
    }
}

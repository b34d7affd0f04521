internal import AdvisorCore
internal import AdvisorFormats

extension IngestPass {
    /// Whether an input has nothing but white space, whatever its format is said to be.
    func isBlank(_ input: Input) throws -> Bool {
        let prefix = try input.source.prefix(64 << 10)
        return input.source.failure == nil && prefix.allSatisfy { [32, 9, 10, 13].contains($0) }
    }

    /// The result for an input without a known format: it is empty, or what to do instead.
    func unreadable(_ input: Input) throws -> FileResult {
        var file = FileResult(path: input.path)
        let prefix = try input.source.prefix(64 << 10)
        file.isEmpty = try isBlank(input)
        let problem: String
        if file.isEmpty {
            problem = input.path == "-" ? "standard input is empty; did the command before the pipe fail?" : "the file is empty"
        } else if let failure = input.source.failure {
            problem = failure
        } else {
            let known = SampleFormat.all.map(\.id) + BillFormat.all.map(\.id)
            problem =
                UnsupportedInput.advice(for: prefix)
                ?? "no known format; name it with --input-format: \(known.joined(separator: ", "))"
        }
        file.rejected = file.isEmpty ? 0 : 1
        file.problems = [IngestProblem(line: 1, column: nil, problem: problem, records: file.rejected)]
        return file
    }
}

extension IngestPass.FileResult {
    /// Notes samples that were not stored, because the store has as many series as it can.
    mutating func note(excess: Int, limit: Int) {
        guard excess > 0 else { return }
        rejected += excess
        let problem = "the store has \(limit) series, and no more can be added; `advisor store forget` removes some"
        problems.append(IngestProblem(line: 1, column: nil, problem: problem, records: excess))
    }
}

internal import AdvisorCore
internal import AdvisorFormats
internal import AdvisorStore

extension IngestPass {
    /// The bill format of an input; nil if it is not a bill.
    func bill(_ input: Input) throws -> BillFormat? {
        if input.format != nil { return nil }
        if let bill = input.bill { return bill }
        return try SampleFormat.detect(input.source) == nil ? BillFormat.detect(input.source) : nil
    }

    /// Reads a bill and collects its charges.
    func ingest(
        _ input: Input, _ format: BillFormat, _ writer: ChargeWriter, earlier: [FileResult], _ progress: ((String) -> Void)?
    ) throws -> FileResult {
        var file = FileResult(path: input.path, format: format.id)
        writer.beginFile(BillFile(path: input.identity, collection: input.collection))
        var lines = 0
        var superseded: [BillingMonth: Int] = [:]
        let months = Set(input.superseding.map(\.month))
        let collector = ChargeCollector { batch in
            for line in batch.lines where months.contains(line.bill.month) {
                superseded[line.bill.month, default: 0] += line.count
            }
            try writer.write(batch.without(months))
            lines += batch.lines.reduce(0) { $0 + $1.count }
            progress?("\(input.path): \(lines) lines")
        }
        do { try format.parse(input.source, context, collector) } catch let error as StoreFailure { throw error } catch {
            file.failure = "\(error)"
        }
        let fingerprint = [input.source.bytesGiven, Int(input.source.checksum)]
        file.fingerprint = fingerprint
        (file.problems, file.rejected) = (collector.problems, collector.rejected)
        if let twin = earlier.first(where: { $0.fingerprint == fingerprint }) {
            try writer.dropFile()
            file.problems = [
                IngestProblem(line: 1, column: nil, problem: "says the same as \(twin.path), and is counted once")
            ]
            file.rejected = 0
        } else {
            for manifest in input.superseding {
                guard let lines = superseded[manifest.month] else { continue }
                file.problems.append(
                    IngestProblem(
                        line: 1, column: nil,
                        problem: "\(lines) lines of \(manifest.month) do not count: \(manifest.path) does not list this file"))
            }
            writer.endFile(
                isWhole: collector.isWhole && file.failure == nil, form: collector.form, size: fingerprint[0],
                checksum: fingerprint[1])
        }
        return file
    }
}

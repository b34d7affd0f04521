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

    /// A bill that was read: the same bytes again count once.
    struct ReadBill {
        var path: String
        var fingerprint: [Int]
        /// Its months with lines that do not count, because a manifest does not list it.
        var superseded: Set<BillingMonth>
    }

    /// Reads a bill and collects its charges.
    func ingest(
        _ input: Input, _ format: BillFormat, _ writer: ChargeWriter, _ progress: ((String) -> Void)?
    ) throws -> FileResult {
        var file = FileResult(path: input.path, format: format.id)
        writer.beginFile(BillFile(path: input.identity, collection: input.collection))
        var lines = 0
        var superseded: [BillingMonth: Int] = [:]
        let superseding = input.listing.superseding(input.path)
        let months = Set(superseding.map(\.month))
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
        let read = ReadBill(path: input.path, fingerprint: fingerprint, superseded: Set(superseded.keys))
        // A twin counts wherever this file would.
        let twin = billsRead.first { $0.fingerprint == fingerprint && $0.superseded.isSubset(of: read.superseded) }
        if let twin {
            try writer.dropFile()
            file.problems = [
                IngestProblem(line: 1, column: nil, problem: "says the same as \(twin.path), and is counted once", records: 0)
            ]
            file.rejected = 0
        } else {
            billsRead.append(read)
            if lines == 0, file.problems.isEmpty, file.failure == nil {
                file.problems = [IngestProblem(line: 1, column: nil, problem: "no lines with charges in it", records: 0)]
            }
            for manifest in superseding {
                guard let lines = superseded[manifest.month] else { continue }
                file.problems.append(
                    IngestProblem(
                        line: 1, column: nil,
                        problem: "\(lines) lines of \(manifest.month) do not count: \(manifest.path) does not list this file",
                        records: 0))
            }
            writer.endFile(
                isWhole: collector.isWhole && file.failure == nil, form: collector.form, size: fingerprint[0],
                checksum: fingerprint[1])
        }
        return file
    }
}

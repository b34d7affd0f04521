import AdvisorCore
import AdvisorFormats
import AdvisorStore
import Foundation

extension Ingest {
    /// The bill format of an input; nil if it is not a bill.
    func bill(_ input: Input) throws -> BillFormat? {
        if input.format != nil { return nil }
        if let bill = input.bill { return bill }
        return try SampleFormat.detect(input.source) == nil ? BillFormat.detect(input.source) : nil
    }

    /// Reads a bill and collects its charges.
    func ingest(
        _ input: Input, _ format: BillFormat, _ writer: ChargeWriter, earlier: [FileSummary], _ progress: ((String) -> Void)?
    ) throws -> FileSummary {
        var file = FileSummary(path: input.path, format: format.id)
        writer.beginFile()
        var lines = 0
        let collector = ChargeCollector { batch in
            try writer.write(batch)
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
            writer.endFile(isWhole: collector.isWhole && file.failure == nil)
        }
        return file
    }
}

extension BillingData.SupersededStatement {
    /// One line for people.
    var words: String {
        let winner = inFavourOf.key
        let why =
            inFavourOf.days.upperBound.daysSinceEpoch - statement.days.upperBound.daysSinceEpoch > 1
            ? "reaches further (\(inFavourOf.days.upperBound))" : "is more detailed, or newer"
        return
            "\(statement.key.month): \(winner.source.title) counts, it \(why); \(statement.key.source.title) is kept beside it and never added"
    }
}

extension BillImport {
    /// One line for people.
    var words: String {
        let amounts = totals.isEmpty ? "nothing" : totals.map(\.description).joined(separator: " and ")
        let payer = key.payer.map { " of \($0)" } ?? ""
        let provider = key.provider == "AWS" ? "" : "\(key.provider), "
        let what = "\(key.month) \(provider)\(key.source.title)\(payer): \(lines) lines, \(amounts)"
        switch outcome {
        case .new: return what
        case .replaced: return what + "; in place of what was there"
        case .replacedDays: return what + "; in place of \(days.lowerBound) to \(days.upperBound), the rest of the month stays"
        case .unchanged: return what + "; as it was"
        case .kept: return what + "; broken and less than what is stored, which stays as it was"
        }
    }

    var json: JSONValue {
        .object([
            "month": .text(key.month.description), "source": .text(key.source.rawValue), "provider": .text(key.provider),
            "account": JSONValue(key.payer), "first_day": .text(days.lowerBound.description),
            "last_day": .text(days.upperBound.description),
            "lines": .integer(lines), "totals": .array(totals.map(JSONValue.init)), "outcome": .text(outcome.rawValue),
        ])
    }
}

import AdvisorCore
import AdvisorFormats
import AdvisorStore

extension BillingData.SupersededStatement {
    /// One line for people.
    var words: String {
        let winner = inFavourOf.key
        let why =
            inFavourOf.days.upperBound.daysSinceEpoch - statement.days.upperBound.daysSinceEpoch > 1
            ? "reaches further (\(inFavourOf.days.upperBound))" : "is more detailed, or newer"
        return
            "\(statement.key.month): \(winner.source.title) counts, it \(why); \(statement.key.source.title) is stored, but not added"
    }
}

extension BillImport {
    /// One line for people.
    var words: String {
        let amounts = totals.isEmpty ? "nothing" : totals.map(\.description).joined(separator: " and ")
        let payer = key.payer.map { " of \($0)" } ?? ""
        let provider = key.provider == "AWS" ? "" : "\(key.provider), "
        let what = "\(key.month) \(provider)\(key.source.title)\(payer): \(lines) line\(lines == 1 ? "" : "s"), \(amounts)"
        switch outcome {
        case .new: return what
        case .added: return what + "; added as another part, \(parts) files in total"
        case .replaced where !replacedPaths.isEmpty: return what + "; replaces \(Self.list(replacedPaths))"
        case .replaced: return what + "; replaces the stored bill"
        case .replacedParts:
            let gone = replacedPaths.isEmpty ? "" : ", without \(Self.list(replacedPaths))"
            return what + "; replaces the earlier version of these parts, \(parts) files in total\(gone)"
        case .replacedDays: return what + "; replaces \(days.lowerBound) to \(days.upperBound), the rest of the month is kept"
        case .unchanged: return what + "; unchanged"
        case .kept: return what + "; incomplete; kept the stored version"
        }
    }

    /// At most three paths.
    private static func list(_ paths: [String]) -> String {
        let rest = paths.count > 3 ? " and \(paths.count - 3) more" : ""
        return paths.prefix(3).joined(separator: ", ") + rest
    }

    var json: JSONValue {
        .object([
            "replaced_paths": .array(replacedPaths.map(JSONValue.text)), "parts": .integer(parts),
            "month": .text(key.month.description), "source": .text(key.source.rawValue), "provider": .text(key.provider),
            "account": JSONValue(key.payer), "first_day": .text(days.lowerBound.description),
            "last_day": .text(days.upperBound.description),
            "lines": .integer(lines), "totals": .array(totals.map(JSONValue.init)), "outcome": .text(outcome.rawValue),
        ])
    }
}

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
            "\(statement.key.month): \(winner.source.title) counts, it \(why); \(statement.key.source.title) is kept beside it and never added"
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
        case .added: return what + "; added as a further part, \(parts) files in all"
        case .replaced where !replacedPaths.isEmpty: return what + "; replaces \(Self.list(replacedPaths))"
        case .replaced: return what + "; in place of what was there"
        case .replacedParts:
            let gone = replacedPaths.isEmpty ? "" : ", without \(Self.list(replacedPaths))"
            return what + "; in place of these parts, \(parts) files in all\(gone)"
        case .replacedDays: return what + "; in place of \(days.lowerBound) to \(days.upperBound), the rest of the month stays"
        case .unchanged: return what + "; as it was"
        case .kept: return what + "; broken and less than what is stored, which stays as it was"
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

import Foundation
import AdvisorCore

/// The stack's bill, before and after.
enum BillSection {
    /// The lines of both bills for the same item.
    struct Row {
        var group: StackBill.Group
        var item: CostItem
        var note: BillNote?
        /// `730 h × $0.016`; of the bill after, if it differs.
        var estimator: String
        var before: CostLine?
        var after: CostLine?
        var nature: StackBill.ChargeModel
    }

    /// The lines of both bills in bill order; an unchanged line occurs once.
    static func rows(_ pair: BillComparison, _ language: any Language) -> [Row] {
        var rows: [Row] = []
        for line in pair.before.lines { rows.append(row(line, isAfter: false, language)) }
        for line in pair.after?.lines ?? [] {
            let isSame = { (row: Row) in
                row.after == nil && row.group == line.group && row.item.isSameKind(as: line.cost.item)
                    && row.nature == line.nature
            }
            if let index = rows.firstIndex(where: isSame) {
                rows[index].after = line.cost
                guard let before = rows[index].before else { continue }
                if before.price != line.cost.price {
                    rows[index].estimator = estimator(line.cost, language)
                    rows[index].item = line.cost.item
                } else if before.quantity != line.cost.quantity {
                    rows[index].estimator = "\(quantity(before)) → \(estimator(line.cost, language))"
                    rows[index].item = line.cost.item
                }
            } else {
                let last = rows.lastIndex { $0.group == line.group }
                rows.insert(row(line, isAfter: true, language), at: last.map { $0 + 1 } ?? rows.count)
            }
        }
        return rows
    }

    private static func row(_ line: StackBill.Line, isAfter: Bool, _ language: any Language) -> Row {
        Row(
            group: line.group, item: line.cost.item, note: line.note, estimator: estimator(line.cost, language),
            before: isAfter ? nil : line.cost, after: isAfter ? line.cost : nil, nature: line.nature)
    }

    /// `730 h × $0.016`; empty for declared amounts.
    static func estimator(_ line: CostLine, _ language: any Language) -> String {
        if line.price.asOf.isEmpty, line.price.usd != nil { return "" }
        let quantity = quantity(line)
        let price = line.price.usd.map { "$\($0.text(minimumFraction: 2))" } ?? language.title(BillTitle.unknownPrice)
        // `2 × 1M requests`, not `2 1M requests`.
        let unit = line.unit.first?.isNumber == true ? "× \(line.unit)" : line.unit
        return "\(quantity) \(unit) × \(price)\(mark(line.price, language))"
    }

    /// ` (unverified)` for a price that is not verified.
    static func mark(_ price: Price, _ language: any Language) -> String {
        price.isVerified ? "" : " (\(language.title(ReportTitle.unverified)))"
    }

    /// Rounded to a thousandth.
    private static func quantity(_ line: CostLine) -> String {
        ValueText.grouped(line.quantity.rounded(scale: 3).text(minimumFraction: 0))
    }

    /// `$11.68 → $23.36`, or one amount if unchanged.
    static func amounts(_ row: Row, hasAfter: Bool, _ language: any Language) -> String {
        func text(_ line: CostLine?) -> String { line.map { language.amount($0.monthly) } ?? "-" }
        let (before, after) = (text(row.before), text(row.after))
        return !hasAfter || before == after ? before : "\(before) → \(after)"
    }

    /// `$34.28 or more`: a total with unknown items is a lower bound.
    static func total(_ bill: StackBill, _ language: any Language) -> String {
        bill.total?.description ?? language.text(BillPhrase.atLeast(bill.atLeast))
    }

    /// `$34.28 → $45.96 or more`, with the range of scaling capacity if there is one.
    static func totals(_ pair: BillComparison, _ language: any Language) -> String {
        guard let after = pair.after else { return total(pair.before, language) }
        let isWhole = pair.before.total != nil && after.total != nil
        let range = pair.afterMinimum.flatMap { least in pair.afterMaximum.map { (least.atLeast, $0.atLeast) } }
        let totals = language.text(
            BillPhrase.totals(before: pair.before.atLeast, after: after.atLeast, range: range, isWhole: isWhole))
        let lacksCredits = (pair.before.unknown + after.unknown).contains {
            if case .surplusCredits = $0.item { true } else { false }
        }
        return lacksCredits ? language.text(BillPhrase.listed(totals)) : totals
    }

    /// The amounts by charge model: `fixed $14.08, by use $0.00, declared $21.80`.
    static func natures(_ bill: StackBill, _ language: any Language) -> String {
        language.text(
            BillPhrase.models(fixed: bill.sum(.fixed), usage: bill.sum(.usage), declared: bill.sum(.declared)))
    }

    /// `backup beyond the 20 GiB allocated ($0.095 a GB-month)`.
    static func words(_ unknown: StackBill.Unknown, _ language: any Language) -> String {
        let words = language.clause(unknown.item)
        guard let usd = unknown.price?.usd else { return words }
        return language.text(
            BillPhrase.priced(words, price: "$\(usd.text(minimumFraction: 2))", unit: unknown.unit))
    }

    /// The unknown items of both bills, without duplicates, with their groups.
    static func unknown(_ pair: BillComparison, _ language: any Language) -> [String] {
        var seen: Set<StackBill.Unknown> = []
        return (pair.before.unknown + (pair.after?.unknown ?? [])).filter { seen.insert($0).inserted }
            .map { "\(language.title($0.group)): \(words($0, language))" }
    }

    // MARK: Markdown and JSON

    static func markdown(_ pair: BillComparison, _ language: any Language) -> [String] {
        func safe(_ text: String) -> String { SafeText.markdown(text) }
        var lines = [
            "## " + language.title(BillTitle.bill), "", "| | \(language.title(BillTitle.aMonth)) | | |",
            "| --- | --- | --- | --- |",
        ]
        for row in rows(pair, language) {
            let cells = [
                "\(language.title(row.group)): \(language.title(row.item))", amounts(row, hasAfter: pair.after != nil, language),
                row.estimator, row.note.map(language.clause) ?? "",
            ]
            lines.append("| " + cells.map(safe).joined(separator: " | ") + " |")
        }
        let total = safe(language.title(BillTitle.total))
        lines += [
            "| **\(total)** | **\(safe(totals(pair, language)))** | \(safe(natures(pair.after ?? pair.before, language))) | |"
        ]
        let unknown = unknown(pair, language)
        if !unknown.isEmpty { lines += ["", language.title(BillTitle.unknownItems) + ":", ""] }
        lines += unknown.map { "- \(safe($0))" }
        if !pair.coming.isEmpty { lines += [""] + pair.coming.map { "- \(safe(language.clause($0)))" } }
        return lines
    }
}

extension TextReport {
    /// The bill line by line; one line if it was not requested.
    mutating func bill() {
        guard let pair = report.bill, !report.entries.isEmpty else { return }
        guard options.showsBill else {
            guard pair.after != nil else { return }
            return flow(
                "  · ", language.text(BillPhrase.wholeStack(BillSection.totals(pair, language))).words, indent: 4)
        }
        lines += ["", language.title(BillTitle.monthlyBill), ""]
        var group: StackBill.Group?
        for row in BillSection.rows(pair, language) {
            if row.group != group {
                group = row.group
                lines.append("  " + SafeText.terminal(language.title(row.group)))
            }
            let amounts = BillSection.amounts(row, hasAfter: pair.after != nil, language)
            billLine(SafeText.terminal(language.title(row.item)), row.estimator, amounts)
            if let note = row.note { flow("        ", SafeText.terminal(language.clause(note)).words, indent: 8) }
        }
        billLine("", "", "")
        billLine(language.title(BillTitle.total), "", BillSection.totals(pair, language))
        flow("    ", BillSection.natures(pair.after ?? pair.before, language).words, indent: 6)
        let unknown = BillSection.unknown(pair, language)
        if !unknown.isEmpty { lines += ["", "  " + language.title(BillTitle.unknownItems)] }
        for words in unknown { flow("  ? ", SafeText.terminal(words).words, indent: 4) }
        for change in pair.coming { flow("  ! ", SafeText.terminal(language.clause(change)).words, indent: 4) }
        lines += ["", "  " + language.title(BillTitle.prices)]
        for price in (pair.after ?? pair.before).sources {
            let title = language.title(price.source)
            let source = price.asOf.isEmpty ? title : language.text(BillPhrase.pricedFrom(title, asOf: price.asOf))
            flow("    ", SafeText.terminal(source + BillSection.mark(price, language)).words, indent: 6)
        }
    }

    /// An item, its computation, and the amount on the right.
    private mutating func billLine(_ item: String, _ estimator: String, _ amount: String) {
        let column = min(options.width, 100)
        let left = "    " + (estimator.isEmpty ? item : item.padded(to: 34) + "  " + estimator)
        if left.displayWidth + 2 + amount.displayWidth <= column {
            lines.append(left + .spaces(column - left.displayWidth - amount.displayWidth) + amount)
        } else {
            flow("    " + item + (estimator.isEmpty ? "" : "  "), estimator.words, indent: 6)
            lines.append(.spaces(max(6, column - amount.displayWidth)) + amount)
        }
    }
}

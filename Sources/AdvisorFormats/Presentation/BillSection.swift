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
    static func rows(_ pair: BillComparison) -> [Row] {
        var rows: [Row] = []
        for line in pair.before.lines { rows.append(row(line, isAfter: false)) }
        for line in pair.after?.lines ?? [] {
            let isSame = { (row: Row) in
                row.after == nil && row.group == line.group && row.item.isSameKind(as: line.cost.item)
                    && row.nature == line.nature
            }
            if let index = rows.firstIndex(where: isSame) {
                rows[index].after = line.cost
                guard let before = rows[index].before else { continue }
                if before.price != line.cost.price {
                    rows[index].estimator = estimator(line.cost)
                    rows[index].item = line.cost.item
                } else if before.quantity != line.cost.quantity {
                    rows[index].estimator = "\(quantity(before)) → \(estimator(line.cost))"
                    rows[index].item = line.cost.item
                }
            } else {
                let last = rows.lastIndex { $0.group == line.group }
                rows.insert(row(line, isAfter: true), at: last.map { $0 + 1 } ?? rows.count)
            }
        }
        return rows
    }

    private static func row(_ line: StackBill.Line, isAfter: Bool) -> Row {
        Row(
            group: line.group, item: line.cost.item, note: line.note, estimator: estimator(line.cost),
            before: isAfter ? nil : line.cost, after: isAfter ? line.cost : nil, nature: line.nature)
    }

    /// `730 h × $0.016`; empty for declared amounts.
    static func estimator(_ line: CostLine) -> String {
        if line.price.asOf.isEmpty, line.price.usd != nil { return "" }
        let quantity = quantity(line)
        let price = line.price.usd.map { "$\($0.text(minimumFraction: 2))" } ?? "unknown price"
        // `2 × 1M requests`, not `2 1M requests`.
        let unit = line.unit.first?.isNumber == true ? "× \(line.unit)" : line.unit
        return "\(quantity) \(unit) × \(price)\(line.price.isVerified ? "" : " (unverified)")"
    }

    /// Rounded to a thousandth.
    private static func quantity(_ line: CostLine) -> String {
        ValueText.grouped(line.quantity.rounded(scale: 3).text(minimumFraction: 0))
    }

    /// `$11.68 → $23.36`, or one amount if unchanged.
    static func amounts(_ row: Row, hasAfter: Bool) -> String {
        func text(_ line: CostLine?) -> String { line.map { $0.monthly.map { "\($0)" } ?? "unknown" } ?? "-" }
        let (before, after) = (text(row.before), text(row.after))
        return !hasAfter || before == after ? before : "\(before) → \(after)"
    }

    /// `$34.28 or more`: a total with unknown items is a lower bound.
    static func total(_ bill: StackBill) -> String { bill.total.map { "\($0)" } ?? "\(bill.atLeast) or more" }

    /// `$34.28 → $45.96 or more`, with the maximum if there is one.
    static func totals(_ pair: BillComparison) -> String {
        guard let after = pair.after else { return total(pair.before) }
        let most = pair.afterMaximum.map { " to \($0.atLeast)" } ?? ""
        let isWhole = pair.before.total != nil && after.total != nil
        return "\(pair.before.atLeast) → \(after.atLeast)\(most)\(isWhole ? "" : " or more")"
    }

    /// The amounts by charge model: `fixed $14.08, by use $0.00, declared $21.80`.
    static func natures(_ bill: StackBill) -> String {
        func text(_ nature: StackBill.ChargeModel) -> String { bill.sum(nature).map { "\($0)" } ?? "unknown" }
        return "fixed \(text(.fixed)), by use \(text(.usage)), declared \(text(.declared))"
    }

    /// `backup beyond the 20 GiB allocated ($0.095 a GB-month)`.
    static func words(_ unknown: StackBill.Unknown, _ language: any Language) -> String {
        let words = language.clause(unknown.item)
        guard let usd = unknown.price?.usd else { return words }
        return "\(words) ($\(usd.text(minimumFraction: 2)) a \(unknown.unit))"
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
            "## Bill", "", "| | a month | | |", "| --- | --- | --- | --- |",
        ]
        for row in rows(pair) {
            let cells = [
                "\(language.title(row.group)): \(language.title(row.item))", amounts(row, hasAfter: pair.after != nil),
                row.estimator, row.note.map(language.clause) ?? "",
            ]
            lines.append("| " + cells.map(safe).joined(separator: " | ") + " |")
        }
        lines += ["| **Total** | **\(safe(totals(pair)))** | \(safe(natures(pair.after ?? pair.before))) | |"]
        let unknown = unknown(pair, language)
        if !unknown.isEmpty { lines += ["", "Unknown, and not included in the total:", ""] }
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
                "  · ", "Whole stack \(BillSection.totals(pair)) a month; `--bill` shows it line by line".words, indent: 4)
        }
        lines += ["", "Bill, a month", ""]
        var group: StackBill.Group?
        for row in BillSection.rows(pair) {
            if row.group != group {
                group = row.group
                lines.append("  " + SafeText.terminal(language.title(row.group)))
            }
            let amounts = BillSection.amounts(row, hasAfter: pair.after != nil)
            billLine(SafeText.terminal(language.title(row.item)), row.estimator, amounts)
            if let note = row.note { flow("        ", SafeText.terminal(language.clause(note)).words, indent: 8) }
        }
        billLine("", "", "")
        billLine("Total", "", BillSection.totals(pair))
        flow("    ", BillSection.natures(pair.after ?? pair.before).words, indent: 6)
        let unknown = BillSection.unknown(pair, language)
        if !unknown.isEmpty { lines += ["", "  Unknown, and not included in the total"] }
        for words in unknown { flow("  ? ", SafeText.terminal(words).words, indent: 4) }
        for change in pair.coming { flow("  ! ", SafeText.terminal(language.clause(change)).words, indent: 4) }
        lines += ["", "  Prices"]
        for price in (pair.after ?? pair.before).sources {
            let mark = price.isVerified ? "" : " (unverified)"
            flow(
                "    ",
                SafeText.terminal("\(language.title(price.source))\(price.asOf.isEmpty ? "" : ", as of \(price.asOf)")\(mark)")
                    .words,
                indent: 6)
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

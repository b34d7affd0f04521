public import AdvisorCore
import Foundation

/// The price book, for people and programs.
public struct PricesReport: Sendable {
    private let book: PriceBook
    private let region: String
    private let overrides: Set<String>
    private let now: Timestamp
    private let language: any Language

    /// Creates a report of a catalog's prices at a time.
    /// - Parameters:
    ///   - catalog: The catalog with the user's own prices.
    ///   - overrides: The ids of the user's own prices.
    ///   - now: The time for the age of prices.
    ///   - language: The language of titles.
    public init(_ catalog: Catalog, overrides: Set<String>, now: Timestamp, language: any Language) {
        (book, region) = (PriceBook(catalog), catalog.region)
        (self.overrides, self.now, self.language) = (overrides, now, language)
    }

    private func marks(_ entry: PriceBook.Entry) -> [String] {
        var marks: [String] = []
        if overrides.contains(entry.id) { marks.append(language.title(BillTitle.own)) }
        if entry.isStale(at: now) { marks.append(language.title(BillTitle.stale)) }
        if entry.price.usd != nil, !entry.price.isVerified { marks.append(language.title(ReportTitle.unverified)) }
        return marks
    }

    private func amount(_ entry: PriceBook.Entry) -> String {
        entry.price.usd.map { "$" + Money($0).exact } ?? language.title(ReportTitle.unknown)
    }

    /// One line per price.
    public func text(width: Int) -> String {
        let name = min(book.entries.map(\.id.displayWidth).max() ?? 0, max(20, width - (width < 65 ? 15 : 45)))
        var lines = [language.text(PlanPhrase.prices(region: region)), ""]
        for entry in book.entries {
            let id = entry.id.truncated(to: name)
            // A narrow terminal has no room for unit and date; `prices show` shows both.
            let rest = width < 65 ? [] : [entry.unit.padded(to: 11), entry.price.asOf.padded(to: 10)]
            let columns = [id.padded(to: name), amount(entry).leftPadded(to: 13)] + rest
            let line = SafeText.terminal(columns.joined(separator: " ")).trimmingEnd
            let marks = marks(entry).joined(separator: ", ")
            if marks.isEmpty || line.displayWidth + 1 + marks.displayWidth <= width {
                lines.append((line + " " + marks).trimmingEnd)
            } else {
                lines += [line, "  " + marks]
            }
        }
        let stale = book.stale(at: now).count
        let unknown = book.entries.count { $0.price.usd == nil }
        lines += ["", language.text(PlanPhrase.priceCount(all: book.entries.count, stale: stale, unknown: unknown))]
        lines += TextLayout.wrapped("", language.title(BillTitle.pricesHint), width: width, indent: 0)
        return lines.joined(separator: "\n") + "\n"
    }

    /// One price in full; nil if there is none with the id.
    public func text(of id: String) -> String? {
        guard let entry = book.entry(id) else { return nil }
        func label(_ title: BillTitle) -> String { "  " + language.title(title).padded(to: 10) }
        let price = PlanPhrase.price(amount(entry), unit: entry.unit, region: region)
        var lines = ["\(entry.id): \(language.title(entry))", "", label(.price) + language.text(price)]
        if entry.unit == "h", let usd = entry.price.usd {
            let hours = language.text(PlanPhrase.hours(Catalog.hoursPerMonth))
            lines.append(label(.aMonth) + "\(Money(usd * Decimal(Catalog.hoursPerMonth))) (\(hours))")
        }
        let mark = entry.price.usd == nil ? "" : BillSection.mark(entry.price, language)
        lines.append(label(.source) + language.title(entry.price.source) + mark)
        if let age = entry.age(at: now) {
            let words = language.text(PlanPhrase.age(days: age, isStale: entry.isStale(at: now)))
            lines.append(label(.readOn) + "\(entry.price.asOf), \(words)")
        }
        lines.append(label(.own) + language.text(PlanPhrase.ownPrice(id: id, isSet: overrides.contains(id))))
        return lines.map(SafeText.terminal).joined(separator: "\n") + "\n"
    }

    /// All ids, for suggestions.
    public var ids: [String] { book.entries.map(\.id) }

    /// The report as JSON.
    /// - Parameter id: Only this price; nil for all.
    /// - Returns: The document.
    public func json(of id: String? = nil) -> String {
        let shown = book.entries.filter { id == nil || $0.id == id }
        let prices = shown.map { PricesJSON.Entry($0, isOwn: overrides.contains($0.id), now: now, language) }
        return JSONValue.encoding(PricesJSON(region: region, asOf: now, prices: prices)).render()
    }
}

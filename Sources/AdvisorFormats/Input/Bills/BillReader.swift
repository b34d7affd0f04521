internal import AdvisorCore
internal import Foundation

/// Reads a bill in CSV: splits each line, looks up its key and adds its amounts; a key is interpreted once.
struct BillReader {
    private let dialect: BillDialect
    private let context: IngestContext
    private let collector: ChargeCollector
    private let header: [String]
    private let places: [BillColumn: Int]
    private var record: CSVRecord
    private var table = ChargeTable()
    private var key: [UInt8] = []
    private var currencies: Set<String> = []
    private var strangeKinds: Set<String> = []
    /// The numbers of cells of earlier records without trailing cells.
    private var shortCounts: Set<Int> = []
    /// Whether a problem's column is one of the input.
    var hasColumns = true
    private static let separator: UInt8 = 0x1F

    /// Reads a whole input.
    static func read(_ source: ByteSource, _ dialect: BillDialect, _ context: IngestContext, _ collector: ChargeCollector) throws
    {
        var reader: BillReader?
        var isHopeless = false
        try CSVRecords.read(source, note: { collector.note($0, line: $1) }) { line, number in
            if isHopeless { return true }
            guard reader == nil else { return try reader?.take(line, number, isCut: source.isUnterminated) ?? true }
            if line.isEmpty { return true }
            guard let header = CSVRecord.all(line) else { return false }
            reader = BillReader(header, number, dialect, context, collector)
            isHopeless = reader == nil
            return true
        }
        try reader?.finish()
    }

    /// nil, with a note, when a required column is missing.
    init?(
        _ header: [String], _ number: Int, _ dialect: BillDialect, _ context: IngestContext, _ collector: ChargeCollector
    ) {
        (self.dialect, self.context, self.collector, self.header) = (dialect, context, collector, header)
        places = dialect.places(in: header)
        collector.form = header.contains { $0.contains("/") } ? "legacy" : ""
        var slots = [Int8](repeating: -1, count: header.count)
        for (column, place) in places { slots[place] = Int8(column.rawValue) }
        record = CSVRecord(slots: slots, slotCount: BillColumn.allCases.count)
        let missing = dialect.required.filter { places[$0] == nil }.compactMap { dialect.names[$0]?.first }
        guard missing.isEmpty else {
            let near = missing.map { name in
                let hint = DidYouMean.closest(to: name.lowercased(), among: header.map { $0.lowercased() })
                return "'\(name)'"
                    + (hint.map { near in " ('\(header.first { $0.lowercased() == near } ?? near)' is there)" } ?? "")
            }
            collector.note(
                "the \(dialect.title) file has no column \(near.joined(separator: ", ")); the file is ignored and stored data is unchanged",
                line: number)
            return nil
        }
        if places[.currency] == nil, let currency = dialect.currency {
            collector.note("no currency column; assuming \(currency)", line: number, isRejection: false)
        }
    }

    /// Reads a record; false if it ends within a quoted cell.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>, _ number: Int, isCut: Bool = false) throws -> Bool {
        if line.isEmpty { return true }
        guard record.cut(line) else { return false }
        guard record.count == header.count || isShort(isCut: isCut) else {
            collector.note(
                record.count < header.count
                    ? "the line has \(record.count) of \(header.count) cells"
                    : "the line has \(record.count) cells, the header \(header.count); is a quote missing?", line: number)
            return true
        }
        makeKey(line)
        let hash = key.withUnsafeBufferPointer(ByteHash.of)
        let entry: Int
        if let known = key.withUnsafeBufferPointer({ table.find($0, hash: hash) }) {
            entry = known
        } else {
            if table.isFull { try table.empty(collector.add) }
            entry = table.insert(interpret(line, number), key, hash: hash)
        }
        if case .rejected(let slot, let words) = table.entries[entry] {
            collector.note(words, line: number, column: column(slot))
            return true
        }
        guard let cost = FixedPoint.units(bytes(.cost, line), digits: FixedPoint.moneyDigits) else {
            collector.note(
                Self.problem(ofCost: record.text(BillColumn.cost.rawValue, in: line)), line: number,
                column: column(BillColumn.cost.rawValue))
            return true
        }
        let quantity = bytes(.usage, line)
        let usage = FixedPoint.units(quantity, digits: FixedPoint.usageDigits)
        let isInvalid =
            usage == nil && !quantity.isEmpty && record.text(BillColumn.usage.rawValue, in: line).lowercased() != "null"
        if !table.add(cost: cost, usage: usage, isInvalid: isInvalid, to: entry) {
            collector.note("the charge overflows with this line", line: number, column: column(BillColumn.cost.rawValue))
        }
        return true
    }

    private static func problem(ofCost text: String) -> String {
        if text.isEmpty { return "the cost is missing" }
        let isNumber = text.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" }
        return isNumber && text.filter(\.isNumber).count > 12
            ? "the amount '\(text)' is too large" : "invalid amount '\(text)'; write 1234.5, without thousands separators"
    }

    private func column(_ slot: Int) -> Int? { hasColumns ? Int(record.cells[slot].start) + 1 : nil }

    /// Whether a record only lacks trailing cells, which some programs leave out when they are empty.
    ///
    /// All required cells must be there, and the last line of an input that may be cut off must be as short as another one.
    private mutating func isShort(isCut: Bool) -> Bool {
        guard record.count < header.count, dialect.required.allSatisfy({ places[$0, default: 0] < record.count }) else {
            return false
        }
        if isCut { guard shortCounts.contains(record.count) else { return false } }
        shortCounts.insert(record.count)
        record.clearMissing()
        return true
    }

    @inline(__always)
    private func bytes(_ column: BillColumn, _ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let cell = record.cells[column.rawValue]
        return UnsafeBufferPointer(rebasing: line[Int(cell.start)..<Int(cell.end)])
    }

    /// The key of a line: all stored values except its amounts, and its time of day if it is within one.
    private mutating func makeKey(_ line: UnsafeBufferPointer<UInt8>) {
        key.removeAll(keepingCapacity: true)
        for column in BillColumn.keyed {
            key.append(contentsOf: bytes(column, line))
            key.append(Self.separator)
        }
        let (start, end) = (bytes(.start, line), bytes(.end, line))
        let isWithinDay =
            Self.isUTC(start) && (end.isEmpty || Self.isUTC(end) && start.prefix(10).elementsEqual(end.prefix(10)))
        key.append(contentsOf: isWithinDay ? start.prefix(10) : start[...])
        key.append(Self.separator)
        if !isWithinDay { key.append(contentsOf: end) }
    }

    /// Whether a time has no offset: its day is the day in UTC.
    @inline(__always)
    private static func isUTC(_ time: UnsafeBufferPointer<UInt8>) -> Bool {
        guard time.count >= 10 else { return false }
        return !time.dropFirst(10).contains { $0 == 43 || $0 == 45 }
    }

    /// The meaning of a line's key.
    private mutating func interpret(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) -> ChargeTable.Entry {
        func text(_ column: BillColumn) -> String {
            let text = record.text(column.rawValue, in: line).trimmingSpace
            return text == "NULL" || text == "null" ? "" : text
        }
        func rejected(_ column: BillColumn, _ words: String) -> ChargeTable.Entry {
            .rejected(slot: column.rawValue, words: words)
        }
        guard String(validating: line, as: UTF8.self) != nil else { return rejected(.service, "the line is not valid UTF-8") }
        guard let start = Timestamp(text: text(.start)) else {
            return rejected(.start, "invalid time '\(text(.start))'; use 2026-03-01T00:00:00Z")
        }
        let period = text(.period)
        guard let month = period.isEmpty ? BillingMonth(start) : Self.month(period) else {
            return rejected(.period, "invalid billing period '\(period)'; use 2026-03-01T00:00:00Z")
        }
        if let objection = context.objectionToBill(of: month) { return rejected(period.isEmpty ? .start : .period, objection) }
        if BillingMonth(start) > month.next {
            return rejected(.start, "\(start.date) is long after the month \(month) that the line is billed in")
        }
        let currency = text(.currency).isEmpty ? dialect.currency ?? "" : text(.currency)
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
            return rejected(
                .currency, currency.isEmpty ? "the currency is missing" : "invalid currency '\(currency)'; use a code such as USD"
            )
        }
        let terms = ChargeTerms(kind: text(.kind), chargeClass: text(.chargeClass), commitment: text(.commitment))
        guard !terms.kind.isEmpty else { return rejected(.kind, "the kind of charge is missing") }
        let category = self.category(terms, number)
        if currencies.insert(currency).inserted, currencies.count > 1 {
            collector.note(
                "the file mixes currencies: \(currencies.sorted().joined(separator: ", ")); they are kept apart and never added",
                line: number, isRejection: false)
        }
        let name = text(.service)
        let code = text(.serviceCode)
        let isCodeKnown = context.services.id(of: name) == nil && context.services.id(of: code) != nil
        let service = isCodeKnown || name.isEmpty ? code : name
        let interval =
            category.accrues ? ChargeInterval(from: start, to: Timestamp(text: text(.end)), in: month, readAt: context.now) : nil
        let payer = text(.payer).isEmpty ? context.account : text(.payer)
        let provider = Self.provider(text(.provider)) ?? dialect.provider ?? ""
        guard !provider.isEmpty else { return rejected(.provider, "the provider is missing") }
        let sum = ChargeBatch.Line(
            bill: BillKey(source: dialect.source, provider: provider, payer: payer, month: month),
            // A bill contains its charges, whenever the usage was: a day of another month counts as the nearest one.
            day: min(max(start.date.daysSinceEpoch, month.firstDay), month.lastDay), account: text(.account),
            service: service.isEmpty ? "unnamed" : service, usageType: text(.usageType), category: category, currency: currency,
            unit: category.isConsumption ? text(.unit) : "")
        return .line(sum, interval)
    }

    /// The category of a line; unknown terms are noted once.
    private mutating func category(_ terms: ChargeTerms, _ number: Int) -> ChargeCategory {
        if let known = dialect.category(terms.lowercased) { return known }
        if strangeKinds.insert(terms.kind).inserted {
            collector.note(
                "unknown kind of charge '\(terms.kind)'; counted as an adjustment", line: number, isRejection: false)
        }
        return .adjustment
    }

    /// The month of a billing period, also without separators: `20260301`.
    private static func month(_ period: String) -> BillingMonth? {
        guard period.count == 6 || period.count == 8, period.allSatisfy(\.isNumber) else { return BillingMonth(text: period) }
        return BillingMonth(text: "\(period.prefix(4))-\(period.dropFirst(4).prefix(2))")
    }

    /// The common name of the provider; nil if there is none.
    private static func provider(_ name: String) -> String? {
        if name.isEmpty { return nil }
        return name.uppercased() == "AWS" || name.lowercased().hasPrefix("amazon") ? "AWS" : name
    }

    mutating func finish() throws { try table.empty(collector.add) }
}

extension IngestContext {
    /// Why a bill cannot belong to a month; nil if it can.
    func objectionToBill(of month: BillingMonth) -> String? {
        if month.year < 2000 { return "impossible month \(month): before 2000" }
        if month > BillingMonth(now).next {
            return "impossible month \(month): later than the one after \(now); give `--now` if that is meant"
        }
        return nil
    }
}

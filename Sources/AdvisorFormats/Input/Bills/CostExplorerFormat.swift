internal import AdvisorCore

extension BillFormat {
    /// The output of `aws ce get-cost-and-usage`.
    static let costExplorer = BillFormat(
        id: "cost-explorer", words: "output of `aws ce get-cost-and-usage --group-by Type=DIMENSION,Key=SERVICE …`",
        detects: {
            SampleFormat.has("ResultsByTime", $0) && SampleFormat.firstByte($0) == UInt8(ascii: "{")
                || CostExplorerDownload.detects($0)
        },
        parser: { source, context, collector in
            if CostExplorerDownload.detects(try source.prefix(64 << 10)) { return CostExplorerDownload.refuse(collector) }
            var scanner = JSONScanner(source)
            var answers = 0
            var pages = 0
            do {
                while try scanner.next() != nil {
                    var answer = CostExplorerAnswer(context: context, collector: collector)
                    try scanner.object { scanner, key in
                        switch key {
                        case "GroupDefinitions":
                            answer.groups = try scanner.element().array?.compactMap { $0.object?["Key"]?.text }
                        case "ResultsByTime":
                            try scanner.array { scanner in
                                let line = scanner.line
                                answer.results.append((line, try scanner.element()))
                            }
                        case "NextPageToken": if case .text = try scanner.element() { pages += 1 }
                        default: _ = try scanner.element()
                        }
                    }
                    answers += 1
                    try answer.finish()
                }
            } catch let problem as JSONProblem {
                collector.note(problem.problem, line: problem.line, column: problem.column)
            }
            // The last page has no next page token.
            if answers > 0, pages == answers {
                collector.markPartial()
                collector.note(
                    "response is paginated (NextPageToken); pass all pages",
                    line: 1, isRejection: false)
            }
        })
}

/// One response of Cost Explorer.
private struct CostExplorerAnswer {
    let context: IngestContext
    let collector: ChargeCollector
    /// The dimensions of a group: `SERVICE`, `USAGE_TYPE` …; nil if the response does not state them.
    var groups: [String]?
    var results: [(line: Int, element: JSONValue)] = []
    private var hasNotedMetric = false

    init(context: IngestContext, collector: ChargeCollector) { (self.context, self.collector) = (context, collector) }

    private static let metrics = ["UnblendedCost", "NetUnblendedCost", "AmortizedCost", "NetAmortizedCost", "BlendedCost"]

    mutating func finish() throws {
        for (line, element) in results { try result(element, line) }
    }

    private mutating func result(_ element: JSONValue, _ line: Int) throws {
        guard let result = element.object, let period = result["TimePeriod"]?.object,
            let first = period["Start"]?.text, let after = period["End"]?.text
        else { return collector.note("a result needs a 'TimePeriod' with 'Start' and 'End'", line: line) }
        for text in [first, after] where Timestamp(text: text) == nil {
            return collector.note("invalid date '\(text)'; use 2026-03-01", line: line)
        }
        guard let start = Timestamp(text: first), let end = Timestamp(text: after), end > start else {
            return collector.note("'End' \(after) is not after 'Start' \(first)", line: line)
        }
        let last = end - .milliseconds(1)
        let month = BillingMonth(start)
        guard month == BillingMonth(last) else {
            return collector.note(
                "the period \(start) to \(end) lies in more than one month; use --granularity DAILY", line: line)
        }
        if let objection = context.objectionToBill(of: month) { return collector.note(objection, line: line) }
        let groups = result["Groups"]?.array ?? []
        if groups.isEmpty, result["Total"]?.object?.isEmpty == false {
            return collector.note("the response is not grouped by service; use --group-by Type=DIMENSION,Key=SERVICE", line: line)
        }
        let isMonthly = last.date != start.date
        let bill = BillKey(
            source: isMonthly ? .costExplorerMonthly : .costExplorerDaily, provider: "AWS", payer: context.account, month: month)
        // A period that was asked for beyond now is covered up to now.
        let lastKnown = max(start, min(last, context.now - .milliseconds(1)))
        collector.cover(bill, start.date.daysSinceEpoch...lastKnown.date.daysSinceEpoch)
        for group in groups { try self.group(group, bill, from: start, to: end, line) }
    }

    private mutating func group(_ element: JSONValue, _ bill: BillKey, from start: Timestamp, to end: Timestamp, _ line: Int)
        throws
    {
        guard let group = element.object, let keys = group["Keys"]?.array?.compactMap(\.text),
            let metrics = group["Metrics"]?.object
        else { return collector.note("a group needs 'Keys' and 'Metrics'", line: line) }
        let names = groups ?? ["SERVICE"]
        func key(_ name: String) -> String? { names.firstIndex(of: name).flatMap { keys.indices.contains($0) ? keys[$0] : nil } }
        guard let service = key("SERVICE") else {
            return collector.note(
                "the response is grouped by \(names.joined(separator: " and ")), not by service; use --group-by Type=DIMENSION,Key=SERVICE",
                line: line)
        }
        guard let metric = Self.metrics.first(where: { metrics[$0] != nil }), let value = metrics[metric]?.object else {
            return collector.note("\(service): no cost; use --metrics UnblendedCost", line: line)
        }
        if metric != "UnblendedCost", !hasNotedMetric {
            hasNotedMetric = true
            collector.note(
                "the costs are \(metric), not UnblendedCost: they may differ from the bill", line: line, isRejection: false)
        }
        guard let cost = Self.amount(value["Amount"], FixedPoint.moneyDigits), let currency = value["Unit"]?.text,
            currency.count == 3
        else { return collector.note("\(service): \(metric) needs an 'Amount' and a currency as its 'Unit'", line: line) }
        let kind = key("RECORD_TYPE").map { $0.lowercased() }
        let category =
            ["tax": ChargeCategory.tax, "refund": .refund][service.lowercased()]
            ?? (kind.map { BillDialect.awsCategory($0) ?? .adjustment } ?? .net)
        let usage = metrics["UsageQuantity"]?.object
        let unit = usage?["Unit"]?.text ?? ""
        var charge = ChargeBatch.Line(
            bill: bill, day: start.date.daysSinceEpoch, account: key("LINKED_ACCOUNT") ?? "", service: service,
            usageType: key("USAGE_TYPE") ?? "", category: category, currency: currency, cost: cost)
        if category.isConsumption {
            charge.usage = Self.amount(usage?["Amount"], FixedPoint.usageDigits)
            charge.unit = unit == "N/A" ? "" : unit
        }
        let interval =
            category.accrues ? ChargeInterval(from: start, to: end, in: bill.month, readAt: context.now) : nil
        if let interval { try interval.spread(charge, collector.add) } else { try collector.add(charge) }
    }

    /// An amount, which Cost Explorer writes as text; a number in its shortest form.
    private static func amount(_ element: JSONValue?, _ digits: Int) -> Int128? {
        let text: String
        switch element {
        case .text(let own): text = own
        case .number(let number): text = "\(number)"
        case .integer(let number): text = "\(number)"
        case .object, .array, .boolean, .null, nil: return nil
        }
        return Array(text.utf8).withUnsafeBufferPointer { FixedPoint.units($0, digits: digits) }
    }
}

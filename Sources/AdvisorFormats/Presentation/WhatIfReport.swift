public import AdvisorCore
import Foundation

/// The months of a plan, for people and programs.
public struct WhatIfReport: Sendable {
    private let datapointSeries: WhatIfTimeline
    private let stack: Stack
    private let newestSample: Timestamp?
    private let now: Timestamp
    private let language: any Language

    /// Creates a report of a timeline under a stack's policy.
    /// - Parameters:
    ///   - datapointSeries: The months.
    ///   - stack: The stack with the policy.
    ///   - newestSample: The end of the last sample used; nil for a plan without data.
    ///   - now: The start of the plan.
    ///   - language: The language of sentences.
    public init(
        _ datapointSeries: WhatIfTimeline, stack: Stack, newestSample: Timestamp?, now: Timestamp,
        language: any Language
    ) {
        (self.datapointSeries, self.stack, self.newestSample, self.now) = (datapointSeries, stack, newestSample, now)
        self.language = language
    }

    /// The report as JSON, schema `advisor.whatif/1`.
    public func json() -> String {
        let suppositions = datapointSeries.suppositions
        let first = datapointSeries.first
        return JSONValue.object([
            "schema": .text("advisor.whatif/1"), "resource": JSONValue(datapointSeries.resource),
            "tier": .text(suppositions.tier),
            "moves": .text(stack.moves.rawValue), "users": JSONValue(suppositions.users),
            "users_source": .text(suppositions.usersSource.rawValue),
            "growth_percent_per_month": JSONValue((suppositions.growth * 10_000).rounded() / 100),
            "growth_source": .text(suppositions.growthSource.rawValue), "newest_sample": JSONValue(newestSample),
            "knows_load": .boolean(datapointSeries.knowsLoad),
            "first_limit": first.map { event($0.event, month: $0.month) } ?? .null,
            "months": .array(
                datapointSeries.months.map { month in
                    .object([
                        "month": .text(String(month.start.description.prefix(7))), "users": JSONValue(month.users),
                        "tier": .text(month.tier), "monthly_cost": JSONValue(month.fixed),
                        "monthly_cost_expected": JSONValue(month.expected), "cpu_p99_5": JSONValue(month.cpu.map { $0 * 100 }),
                        "allocated_storage_gib": JSONValue(month.storage),
                        "events": .array(month.events.map { event($0, month: nil) }),
                    ])
                }),
        ]).render()
    }

    private func event(_ event: WhatIfTimeline.Event, month: WhatIfTimeline.Month?) -> JSONValue {
        var object: [String: JSONValue] = [
            "rule": .text(event.rule), "why": .text(language.clause(event)),
            "reason": JSONValue(event.reason), "unresolved": .boolean(event.isUnresolved), "to": JSONValue(event.to),
            "planned": .boolean(event.isPlanned),
        ]
        if let month { object["month"] = .text(String(month.start.description.prefix(7))) }
        return .object(object)
    }

    /// The report as text with a number of columns.
    public func text(width: Int) -> String {
        var lines = wrapped("", header, indent: 0, width: width) + [""]
        let rows = datapointSeries.months.map { month in
            (
                String(month.start.description.prefix(7)), month.users.map(ValueText.number) ?? "", month.tier,
                language.amount(month.expected ?? month.fixed),
                month.events.map { event in event.to.map { "\(language.clause(event)) → \($0)" } ?? language.clause(event) }
                    .joined(separator: "; ")
            )
        }
        let titles = [BillTitle.month, .users, .tier, .aMonth].map(language.title)
        let users = max(titles[1].displayWidth, rows.map(\.1.displayWidth).max() ?? 0)
        let tier = max(titles[2].displayWidth, rows.map(\.2.displayWidth).max() ?? 0)
        let cost = max(titles[3].displayWidth, rows.map(\.3.displayWidth).max() ?? 0)
        let isNarrow = 2 + 7 + users + tier + cost + 8 + 20 > width
        lines.append(
            "  \(titles[0].padded(to: 7))  \(titles[1].leftPadded(to: users))  \(titles[2].padded(to: tier))  \(titles[3].leftPadded(to: cost))"
        )
        for row in rows {
            let start =
                "  \(row.0)  \(row.1.leftPadded(to: users))  \(row.2.padded(to: tier))  \(row.3.leftPadded(to: cost))"
            if row.4.isEmpty {
                lines.append(start)
            } else if isNarrow {
                lines += [start] + wrapped("    ▲ ", row.4, indent: 6, width: width)
            } else {
                lines += wrapped(start + "  ▲ ", row.4, indent: start.displayWidth + 4, width: width)
            }
        }
        lines.append("")
        for sentence in sentences { lines += wrapped("", sentence, indent: 0, width: width) }
        return lines.joined(separator: "\n") + "\n"
    }

    private var header: String {
        let suppositions = datapointSeries.suppositions
        var parts = [datapointSeries.resource, suppositions.tier].compactMap { $0 }
        if let users = suppositions.users {
            parts.append(language.text(PlanPhrase.users(users, suppositions.usersSource)))
        }
        let growth = (suppositions.growth * 1000).rounded() / 10
        parts.append(language.text(PlanPhrase.growth(growth, suppositions.growthSource)))
        parts.append(language.text(PlanPhrase.moves(stack.moves)))
        return parts.joined(separator: " · ")
    }

    private var sentences: [String] {
        var sentences: [String] = []
        if let newestSample, now - newestSample > .seconds(86_400) {
            let old = PlanPhrase.oldSample(at: newestSample, age: Quantity(now - newestSample))
            sentences.append("▲ " + language.text(old))
        }
        if let (month, event) = datapointSeries.first {
            let name = String(month.start.description.prefix(7))
            sentences.append(language.text(PlanPhrase.firstLimit(language.clause(event), month: name)))
        } else {
            sentences.append(language.title(BillTitle.noLimit))
        }
        if let planned = datapointSeries.months.flatMap(\.events).first(where: \.isPlanned) {
            sentences.append(language.text(PlanPhrase.planned(language.clause(planned), tier: planned.to)))
        }
        sentences.append(language.title(datapointSeries.knowsLoad ? BillTitle.costWithLoad : .costWithoutLoad))
        return sentences
    }

    private func wrapped(_ start: String, _ text: String, indent: Int, width: Int) -> [String] {
        TextLayout.wrapped(start, SafeText.terminal(text), width: width, indent: indent)
    }
}

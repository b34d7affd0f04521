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
                (month.expected ?? month.fixed)?.description ?? "unknown",
                month.events.map { event in event.to.map { "\(language.clause(event)) → \($0)" } ?? language.clause(event) }
                    .joined(separator: "; ")
            )
        }
        let users = max(5, rows.map(\.1.displayWidth).max() ?? 0)
        let tier = rows.map(\.2.displayWidth).max() ?? 0
        let cost = max(7, rows.map(\.3.displayWidth).max() ?? 0)
        let isNarrow = 2 + 7 + users + tier + cost + 8 + 20 > width
        lines.append(
            "  month    \("users".leftPadded(to: users))  \("tier".padded(to: tier))  \("a month".leftPadded(to: cost))")
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
            parts.append("\(ValueText.number(users)) users (\(suppositions.usersSource.rawValue))")
        }
        let growth = (suppositions.growth * 1000).rounded() / 10
        parts.append("growing \(ValueText.number(growth)) % a month (\(suppositions.growthSource.rawValue))")
        parts.append("moves: \(stack.moves.rawValue)")
        return parts.joined(separator: " · ")
    }

    private var sentences: [String] {
        var sentences: [String] = []
        if let newestSample, now - newestSample > .seconds(86_400) {
            sentences.append(
                "▲ The newest sample is of \(newestSample), \(ValueText.duration((now - newestSample).seconds)) ago: users and load of today are not known."
            )
        }
        if let (month, event) = datapointSeries.first {
            sentences.append("First limit: \(language.clause(event)), in \(month.start.description.prefix(7)).")
        } else {
            sentences.append("No limit is met in these months.")
        }
        if let planned = datapointSeries.months.flatMap(\.events).first(where: \.isPlanned) {
            sentences.append(
                "\(language.clause(planned)) only plans for \(planned.to ?? "a tier"); here the plan is carried out as soon as its alarm begins."
            )
        }
        sentences.append(
            datapointSeries.knowsLoad
                ? "The cost is that of the database, including surplus CPU credits or capacity under the load. CPU, connections and storage grow with the users; used memory is constant; latency is unknown."
                : "The cost is that of the database only. The load is unknown: only users and prices are used; `advisor ingest` stores samples for a plan."
        )
        return sentences
    }

    private func wrapped(_ start: String, _ text: String, indent: Int, width: Int) -> [String] {
        TextLayout.wrapped(start, SafeText.terminal(text), width: width, indent: indent)
    }
}

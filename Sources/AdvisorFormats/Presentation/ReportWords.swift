import Foundation
import AdvisorCore

/// The texts shared by all formats.
enum ReportWords {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Tue 31 Mar 2026 00:00 UTC`.
    static func time(_ time: Timestamp) -> String {
        "\(days[time.weekday]) \(day(time)) \(time.date.year) \(clock(time)) UTC"
    }

    /// `30 Mar 18:05`, with the year if it differs from that of `now`.
    static func moment(_ time: Timestamp, now: Timestamp) -> String {
        time.date.year == now.date.year ? "\(day(time)) \(clock(time))" : "\(day(time)) \(time.date.year)"
    }

    static func day(_ time: Timestamp) -> String { "\(time.date.day) \(months[time.date.month - 1])" }

    private static func clock(_ time: Timestamp) -> String {
        let minutes = time.millisecondsOfDay / 60_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// `newest sample 4 min old`, or what to do about old or missing data.
    static func freshness(_ report: Report) -> String {
        guard let newest = report.newestSample else { return "no samples yet; `advisor ingest FILE` stores some" }
        let age = (report.asOf - newest).seconds
        if age < 0 { return "newest sample \(newest)" }
        if age < 7200 { return "newest sample \(Int(age / 60)) min old" }
        if age < 172_800 { return "newest sample \(Int(age / 3600)) h old" }
        let after = Timestamp(CivilDate(daysSinceEpoch: newest.date.daysSinceEpoch + 1))
        return "newest sample is \(Int(age / 86_400)) days old; `--now \(after.description.prefix(10))` evaluates as of then"
    }

    /// Eight blocks from the smallest to the largest value; `·` without data.
    static func spark(_ values: [Double?]) -> String {
        let known = values.compactMap { $0 }
        guard let least = known.min(), let greatest = known.max(), known.count > 1 else { return "" }
        // Small changes are drawn as such: the minimum height is a tenth of the largest value.
        let span = max(greatest - least, abs(greatest) / 10)
        let low = (greatest + least - span) / 2
        let blocks = Array("▁▂▃▄▅▆▇█")
        return String(
            values.map { value in
                guard let value else { return "·" }
                let share = span > 0 ? (value - low) / span : 0
                return blocks[min(7, Int(share * 8))]
            })
    }

    /// The title of a stack.
    static func name(_ stack: Stack) -> String { stack.name ?? (stack == Stack() ? "No stack file" : "Unnamed stack") }

    /// `Move to db.t4g.small`.
    static func title(_ step: Recommendation.Step) -> String {
        let target = step.to?.text ?? "?"
        return switch step.kind {
        case .move: "Move to \(target)"
        case .plan: "Plan \(target) next"
        case .growStorage: "Grow storage to \(target)"
        case .addReplica: "Add a read replica (\(target) in all)"
        case .enableMultiAZ: "Enable Multi-AZ"
        case .raiseCapacity: "Raise the maximum capacity to \(target)"
        case .stay: "Stay"
        case .unknown: "Cannot tell"
        }
    }

    /// The mark of an action: `▼ ` if no rule recommends it and it saves money.
    static func mark(_ step: Recommendation.Step) -> String {
        step.rules.isEmpty && (step.monthlyChange?.amount ?? 0) < 0 ? "▼ " : "▲ "
    }

    /// `+$11.68`, or that it is unknown.
    static func change(_ money: Money?) -> String {
        guard let money else { return "change of cost unknown" }
        return money.amount < 0 ? money.description : "+\(money)"
    }

    /// `→ $25.66 a month`, with the maximum if there is one.
    static func after(_ recommendation: Recommendation) -> String {
        guard let after = recommendation.after?.total else { return "→ unknown a month" }
        let mark = recommendation.after?.isVerified == false ? " (price unverified)" : ""
        guard let most = recommendation.afterMaximum?.total else { return "→ \(after) a month\(mark)" }
        return "→ \(after) to \(most) a month\(mark)"
    }

    /// `db.t4g.micro · 20 GiB gp3 · Single-AZ · $13.98 a month`.
    static func configuration(_ entry: ResourceReview) -> [String] {
        let resource = entry.resource
        guard resource.kind == .database else { return [resource.kind.rawValue.replacingUnderscores] }
        var parts = [resource.tier ?? "tier not in advisor.yaml"]
        if let storage = resource.allocatedStorage {
            parts.append("\(ValueText.number(storage)) GiB" + (entry.storageType.isEmpty ? "" : " \(entry.storageType)"))
        }
        if let multiAZ = resource.multiAZ { parts.append(multiAZ ? "Multi-AZ" : "Single-AZ") }
        if let cost = entry.cost { parts.append(cost.total.map { "\($0) a month" } ?? "cost unknown") }
        return parts
    }

    /// `11.2 of 15 GB`: the value and limit of a quiet rule.
    static func quiet(_ finding: Finding) -> String? {
        guard let value = finding.shownValue, let threshold = finding.shownThreshold, let metric = finding.metric,
            finding.sign != "=="
        else {
            return nil
        }
        // A time until an event has a lower limit.
        if let expression = finding.expression { return "\(expression): \(value), limit \(threshold)" }
        return "\(metric.title) \(value) of \(threshold)"
    }

    /// `muted until Mon 06:00`, or the inhibiting rule.
    static func held(_ held: Suppression, now: Timestamp) -> String {
        switch held {
        case .muted(let until, let reason): "muted until \(moment(until, now: now))" + (reason.map { " (\($0))" } ?? "")
        case .inhibited(let rule): "gives way to \(rule)"
        }
    }

    /// ` (read replica, Aurora Serverless v2)`: the actions that the rule would recommend; empty for findings only.
    static func wouldAsk(_ finding: Finding) -> String { finding.rule.recommend.map { " (\(words($0)))" } ?? "" }

    private static func words(_ action: Action) -> String {
        switch action {
        case .move(let target): "move to \(target)"
        case .plan(let target): "plan \(target)"
        case .growStorage: "grow storage"
        case .addReplica: "read replica"
        case .raiseCapacity: "raise capacity"
        case .enableMultiAZ: "Multi-AZ"
        case .anyOf(let actions): actions.map(words).joined(separator: ", or ")
        }
    }

    /// `§7.2 (1)` for a citation of the guide, otherwise the citation.
    static func cite(_ finding: Finding) -> String? {
        finding.rule.cite.map { cite in
            cite.hasPrefix("AWS deployment guide, ") ? "§" + cite.dropFirst("AWS deployment guide, ".count) : cite
        }
    }
}

extension String {
    /// `nat gateway` for `nat_gateway`.
    var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}

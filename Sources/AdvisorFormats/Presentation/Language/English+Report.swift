import AdvisorCore
import Foundation

extension English {
    /// `newest sample 4 min old`, or what to do about old or missing data.
    func freshness(_ report: Report) -> String {
        guard let newest = report.newestSample else { return "no samples yet; `advisor ingest FILE` stores some" }
        let age = (report.asOf - newest).seconds
        if age < 0 { return "newest sample \(newest)" }
        if age < 7200 { return "newest sample \(Int(age / 60)) min old" }
        if age < 172_800 { return "newest sample \(Int(age / 3600)) h old" }
        let after = Timestamp(CivilDate(daysSinceEpoch: newest.date.daysSinceEpoch + 1))
        return "newest sample is \(Int(age / 86_400)) days old; `--now \(after.description.prefix(10))` evaluates as of then"
    }

    /// The title of a stack.
    func title(_ stack: Stack) -> String { stack.name ?? (stack == Stack() ? "No stack file" : "Unnamed stack") }

    /// `Move to db.t4g.small`.
    func title(_ step: Recommendation.Step) -> String {
        let target = step.to?.text ?? "?"
        return switch step.kind {
        case .move: "Move to \(target)\(step.capacity.map { " (up to \(Self.units($0)) ACU)" } ?? "")"
        case .plan: "Plan \(target) next"
        case .growStorage: "Grow storage to \(target)"
        case .addReplica: "Add a read replica (\(target) in all)"
        case .enableMultiAZ: "Enable Multi-AZ"
        case .raiseCapacity: "Raise the maximum capacity to \(target)"
        case .upgradeEngine: step.to == nil ? "Upgrade the engine" : "Upgrade to \(target)"
        case .convertStorage: "Convert storage to \(target)"
        case .lowerCapacity: "Lower the minimum capacity to \(target)"
        case .stay: "Stay"
        case .unknown: "Cannot tell"
        }
    }

    func monthly(_ money: Money) -> String { "\(money) a month" }

    /// `+$11.68`, or that it is unknown.
    func change(_ money: Money?) -> String {
        guard let money else { return "change of cost unknown" }
        return money.amount < 0 ? money.description : "+\(money)"
    }

    /// `$13.98 → $25.66 a month`, with the measured load where it is known, and with the range if there is one.
    func costAfter(_ recommendation: Recommendation, asOf now: Timestamp) -> String {
        let cost = costAfter(recommendation)
        guard !recommendation.isExpected, recommendation.before?.total != nil else { return cost }
        let credits =
            recommendation.effect.lacksCredits == true ? recommendation.effect.creditsFrom.map { time($0, asOf: now) } : nil
        let clause = text(RecommendationPhrase.creditsUnknown(until: credits))
        return listed(cost) + (recommendation.effect.lacksCredits == true ? "; \(clause)" : "")
    }

    func change(_ target: StepTarget) -> String {
        switch target {
        case .tier(let id): id
        case .storage(let gibibytes): "\(ValueText.number(gibibytes)) GiB"
        case .replicas(let count): count == 1 ? "a read replica" : "\(count) read replicas"
        case .capacity(let units): "up to \(Self.units(units)) ACU"
        case .availability(let multiZone): multiZone ? "Multi-AZ" : "Single-AZ"
        case .engine, .storageType, .minimumCapacity: target.text
        }
    }

    func listed(_ cost: String) -> String { "list \(cost)" }

    private func costAfter(_ recommendation: Recommendation) -> String {
        if let then = recommendation.costOfPlan { return "\(Self.text(recommendation.costBefore)) → \(then) a month when done" }
        let before = Self.text(recommendation.costBefore)
        guard let after = recommendation.costAfter else { return "\(before) → unknown a month" }
        let mark = recommendation.after?.isVerified == false ? " (price unverified)" : ""
        guard let least = recommendation.after?.total, let most = recommendation.afterMaximum?.total else {
            return "\(before) → \(after) a month\(mark)"
        }
        if recommendation.kind == .raiseCapacity { return "\(before) → \(after) to \(most) a month\(mark)" }
        guard recommendation.effect.expectedAfter == after else { return "\(before) → \(least) to \(most) a month\(mark)" }
        return "\(before) → \(after) a month (\(least) to \(most))\(mark)"
    }

    /// ` ($2.00 to $1,403.60)` where capacity scales, otherwise nothing.
    private func range(_ entry: ResourceReview) -> String {
        guard let present = entry.recommendation?.candidates.first(where: { $0.tier == entry.resource.tier }),
            let least = present.monthlyCost, let most = present.maximumMonthlyCost
        else { return "" }
        return " (\(least) to \(most))"
    }

    /// What a resource costs now: `$13.98`, or `$13.98 list + $22.96 CPU credits = $36.94`.
    private func cost(_ entry: ResourceReview) -> String? {
        guard let list = entry.cost else { return nil }
        guard let total = list.total else {
            return list.atLeast.amount > 0 ? text(BillPhrase.atLeast(list.atLeast)) + " a month" : "cost unknown"
        }
        let parts = MoneyParts(entry, list: list)
        guard parts.amounts.count > 1 else {
            let cost = "\(entry.recommendation?.costBefore ?? total) a month\(range(entry))"
            return entry.recommendation.map { $0.effect.expectedBefore == nil } == true ? listed(cost) : cost
        }
        let sum = parts.amounts.map { "\($0.amount) \(name($0.part))" }.joined(separator: " + ")
        return "\(sum) = \(parts.total) a month"
    }

    private func name(_ part: MoneyParts.Part) -> String {
        switch part {
        case .list: "list"
        case .extendedSupport: "Extended Support"
        case .credits: "CPU credits"
        }
    }

    /// `db.t4g.micro · 20 GiB gp3 · Single-AZ · $13.98 a month`.
    func configuration(_ entry: ResourceReview) -> [String] {
        let resource = entry.resource
        guard resource.kind == .database else { return [title(resource.kind)] }
        var parts = [resource.tier ?? "tier not in advisor.yaml"]
        if let storage = resource.allocatedStorage {
            parts.append("\(ValueText.number(storage)) GiB" + (entry.storageType.isEmpty ? "" : " \(entry.storageType)"))
        }
        if let multiAZ = resource.multiAZ { parts.append(multiAZ ? "Multi-AZ" : "Single-AZ") }
        if let cost = cost(entry) { parts.append(cost) }
        return parts
    }

    /// `11.2 of 15 GB`: the value and limit of a quiet rule.
    func reading(_ finding: Finding) -> String? {
        guard let value = finding.shownValue, let threshold = finding.shownThreshold, let metric = finding.metric,
            finding.sign != "=="
        else {
            return nil
        }
        // A time until an event has a lower limit.
        if let expression = finding.expression { return "\(expression): \(value), limit \(threshold)" }
        if finding.sign?.hasPrefix("<") == true { return "\(metric.title) \(value) (limit \(threshold))" }
        return "\(metric.title) \(value) of \(threshold)"
    }

    /// What a rule would recommend, as a title.
    func title(_ action: Action) -> String {
        switch action {
        case .move(let target): "move to \(target)"
        case .moveUp: "larger tier"
        case .plan(let target): "plan \(target)"
        case .growStorage: "grow storage"
        case .addReplica: "read replica"
        case .raiseCapacity: "raise capacity"
        case .enableMultiAZ: "Multi-AZ"
        case .upgradeEngine: "upgrade of the engine"
        case .convertStorage(let type): "\(type) storage"
        case .anyOf(let actions): actions.map(title).joined(separator: ", or ")
        }
    }

    /// `expected 12 Apr`, `8 Apr to 2 May`; or the range of a value.
    func pieces(_ outlook: ForecastEvidence, _ measure: QuantityKind?, asOf now: Timestamp) -> [String] {
        switch outlook {
        case .value(_, let range, let time, _):
            guard let measure else { return [] }
            let ends = [range.lowerBound, range.upperBound].map { ValueText.text($0, measure) }
            return ["\(ends[0]) to \(ends[1]) on \(day(time, asOf: now))"]
        case .crossing(.expected(let time, let earliest, let latest), _):
            let range = earliest.map { "\(day($0, asOf: now)) to \(latest.map { day($0, asOf: now) } ?? "open end")" }
            return ["expected \(day(time, asOf: now))", range.map { "(\($0))" }].compactMap { $0 }
        case .crossing(.notBefore(let time), _):
            return ["not before \(Self.day(time)) \(time.date.year)"]
        case .crossing(.insufficientHistory, _): return []
        case .monthEnd(let forecast): return ["\(forecast.low) to \(forecast.high), 80 % range"]
        }
    }
}

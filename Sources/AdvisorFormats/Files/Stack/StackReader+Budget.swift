import AdvisorCore
import Foundation

/// Reads `budget:` and `planned:` of advisor.yaml.
extension StackReader {
    func budget(_ value: YAMLValue) -> Stack.Budget? {
        guard let mapping = value.mapping(.budget) else { return nil }
        var budget = Stack.Budget(monthly: mapping["monthly"]?.money("$50"))
        if let preset = mapping["preset"], let name = preset.string() {
            let known = services.presetNames
            if known.contains(name) {
                budget.preset = name
            } else {
                preset.fail(preset.unknown(name, among: known))
            }
        }
        for step in mapping["alert_at"]?.elements("a list such as [50%, 100%]") ?? [] {
            guard let share = step.percent() else { continue }
            if (0.001...10).contains(share) {
                budget.alertAt.append(share)
            } else {
                step.fail("'alert_at' must be between 0.1% and 1000%")
            }
        }
        budget.forecast = mapping["forecast"]?.boolean()
        for (name, key, value) in mapping["services"]?.pairs("a mapping such as { rds: $30 }") ?? [] {
            guard let amount = value.money("$30"), let id = serviceID(name, at: key) else { continue }
            if budget.services.updateValue(amount, forKey: id) != nil {
                key.fail("duplicate service '\(id)' under another name; keep one")
            }
        }
        for (name, key, value) in mapping["accounts"]?.pairs("a mapping such as { \"111122223333\": $30 }") ?? [] {
            guard name.count == 12, name.utf8.allSatisfy({ (48...57).contains($0) }) else {
                key.fail("invalid account '\(name)'; use twelve digits, quoted where they begin with 0")
                continue
            }
            if let amount = value.money("$30") { budget.accounts[name] = amount }
        }
        budget.zone = mapping["timezone"].flatMap(zone)
        return budget
    }

    /// The budget as the limit of the built-in rules on charges; nil without a total, or where `vars` sets that limit.
    func budgetOverride(_ stack: Stack, at value: YAMLValue) -> RuleSettings.Override? {
        let name = RuleSettings.budgetVariable
        guard !stack.language.overrides.contains(where: { $0.variable.name == name }),
            let total = Budget.all(of: stack, services: services).first(where: { $0.scope == .total }),
            let variable = try? Variable(name: name, text: "$\(total.limit.amount)")
        else { return nil }
        var override = RuleSettings.Override(variable: variable, mention: Self.mention(name, value))
        override.isFromBudget = true
        return override
    }

    private func zone(_ value: YAMLValue) -> String? {
        guard let name = value.string() else { return nil }
        if BudgetCalendar(zone: name) != nil { return name }
        let known = TimeZone.knownTimeZoneIdentifiers
        value.fail(
            "unknown time zone '\(name)'\(DidYouMean.hint(for: name, among: known)); use a name such as Asia/Seoul, or UTC")
        return nil
    }

    /// Expected changes of spend.
    func planned(_ value: YAMLValue) -> [Stack.Planned] {
        value.elements("a list such as [{ service: rds, from: 2026-03-01, to: 2026-03-07, reason: load test }]").compactMap {
            value in
            guard let mapping = value.mapping(.planned) else { return nil }
            let service = mapping["service"].flatMap { value in value.string().flatMap { serviceID($0, at: value) } }
            let to = mapping["to"]?.day()
            let reason = mapping["reason"]?.string()
            guard let from = mapping["from"]?.day() else { return nil }
            // An unknown service must not silence all services.
            guard mapping.values["service"] == nil || service != nil else { return nil }
            if let to, to < from {
                mapping["to"]?.fail("'to' is before 'from'")
                return nil
            }
            return Stack.Planned(service: service, from: from, to: to, reason: reason)
        }
    }
}

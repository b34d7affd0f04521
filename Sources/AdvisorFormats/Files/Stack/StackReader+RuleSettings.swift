internal import AdvisorCore

// The settings for rules.
extension StackReader {
    func language(_ mapping: YAMLMapping) -> RuleSettings {
        var settings = RuleSettings()
        for (name, key, value) in mapping["vars"]?.pairs("a mapping such as { cpu_limit: 85% }") ?? [] {
            guard let variable = Self.variable(name, value) else { continue }
            settings.overrides.append(RuleSettings.Override(variable: variable, mention: Self.mention(name, key)))
        }
        settings.disabled = mentions(mapping["disable"], "a list of rule ids")
        settings.packs = mentions(mapping["packs"], "a list of folders")
        for value in mapping["mute"]?.elements("a list such as [{ cron: 0 2 * * sun, for: 2h, zone: Asia/Seoul }]") ?? [] {
            guard let mute = mute(value, &settings.mutedRules) else { continue }
            settings.mutes.append(mute)
        }
        return settings
    }

    /// The value of a variable; nil after recording an error.
    static func variable(_ name: String, _ value: YAMLValue) -> Variable? {
        guard let text = value.string() else { return nil }
        do {
            return try Variable(name: name, text: text)
        } catch {
            for problem in error.problems { value.fail(problem.message(in: text), offset: problem.offset) }
            return nil
        }
    }

    static func mention(_ name: String, _ value: YAMLValue) -> RuleSettings.SourceReference {
        RuleSettings.SourceReference(name: name, file: value.reader.file, line: value.line, column: value.column)
    }

    private func mentions(_ value: YAMLValue?, _ wanted: String) -> [RuleSettings.SourceReference] {
        (value?.elements(wanted) ?? []).compactMap { value in value.string().map { Self.mention($0, value) } }
    }

    private func mute(_ value: YAMLValue, _ mentioned: inout [RuleSettings.SourceReference]) -> MuteTimeInterval? {
        guard let mapping = value.mapping(.mute) else { return nil }
        let window = mapping["cron"] != nil ? recurring(mapping) : once(mapping)
        let rules = mentions(mapping["rules"], "a list of rule ids")
        mentioned += rules
        let resources = mapping["resources"]?.strings() ?? []
        let severities = (mapping["severities"]?.elements() ?? []).compactMap { $0.choice(Severity.self) }
        let reason = mapping["reason"]?.string()
        guard let window else { return nil }
        var mute = MuteTimeInterval(window)
        (mute.rules, mute.resources, mute.severities, mute.reason) = (rules.map(\.name), resources, severities, reason)
        return mute
    }

    private func recurring(_ mapping: YAMLMapping) -> MuteTimeInterval.Window? {
        for key in ["from", "until"] {
            mapping[key]?.fail("'\(key)' has no effect with 'cron'; 'for' sets the length of each window")
        }
        if mapping.values["for"] == nil { mapping.whole.fail("'for' is missing") }
        let length = mapping["for"]?.duration()
        if let length, length > MuteTimeInterval.longest || length < .seconds(60) {
            mapping["for"]?.fail("'for' must be between 1m and 31d")
        }
        let zone = mapping["zone"]?.string() ?? "UTC"
        if !MuteTimeInterval.isZone(zone) {
            mapping["zone"]?.fail("unknown time zone '\(zone)'; use a name such as Asia/Seoul, or UTC")
        }
        guard let value = mapping["cron"], let text = value.string() else { return nil }
        do {
            let schedule = try CronSchedule(text)
            return length.map { .recurring(schedule, length: $0, zone: zone) }
        } catch {
            value.fail("invalid cron '\(text)': \(error.words)")
            return nil
        }
    }

    private func once(_ mapping: YAMLMapping) -> MuteTimeInterval.Window? {
        guard mapping.values["from"] != nil || mapping.values["until"] != nil else {
            mapping.whole.fail("a mute needs 'cron' and 'for', or 'from' and 'until'")
            return nil
        }
        for key in ["for", "zone"] { mapping[key]?.fail("'\(key)' has an effect only with 'cron'") }
        for key in ["from", "until"] where mapping.values[key] == nil { mapping.whole.fail("'\(key)' is missing") }
        guard let from = mapping["from"]?.time(), let until = mapping["until"]?.time() else { return nil }
        if until <= from { mapping["until"]?.fail("'until' is not after 'from'") }
        return .once(from: from, until: until)
    }
}

internal import AdvisorCore
internal import Foundation

/// Reads the run configuration of advisor.yaml: `ingest:`, `alerts:`, `retention:`, `backup:` and `store:`.
extension StackReader {
    func unattended(_ mapping: YAMLMapping) -> RunConfiguration {
        var result = RunConfiguration()
        result.inputs = (mapping["ingest"]?.elements("a list such as [exports/]") ?? []).compactMap(input)
        if let value = mapping["alerts"] { result.alerts = alerts(value) }
        if let value = mapping["retention"] { result.retention = retention(value) }
        if let keep = mapping["backup"]?.mapping(.backup)?["keep"]?.integer() { result.backupsKept = max(0, keep) }
        result.storeGroup = mapping["store"]?.mapping(.store)?["group"]?.string()
        return result
    }

    private func input(_ value: YAMLValue) -> RunConfiguration.Input? {
        if value.text != nil { return value.string().map { RunConfiguration.Input(.files($0)) } }
        guard let mapping = value.mapping(.input) else { return nil }
        let path = mapping["path"]?.string()
        let command = mapping["command"].map { arguments($0) }
        var input: RunConfiguration.Input
        switch (path, command) {
        case (let path?, nil): input = RunConfiguration.Input(.files(path))
        case (nil, let command?): input = RunConfiguration.Input(.command(command))
        case (nil, nil):
            value.fail("an input needs 'path' or 'command'")
            return nil
        case (_?, _?):
            value.fail("'path' and 'command' exclude each other; keep one")
            return nil
        }
        input.format = mapping["format"].flatMap(format)
        input.queries = mapping["queries"]?.string()
        input.metric = mapping["metric"]?.string()
        input.resource = mapping["resource"]?.string()
        input.namespace = mapping["namespace"]?.string()
        input.zone = mapping["zone"]?.read("time zone", "Europe/Berlin or UTC") { TimeZone(identifier: $0) }
        if let name = input.metric, let metrics, let place = mapping["metric"] {
            let known = metrics.seriesNames
            if !known.contains(name) { place.fail(place.unknown(name, among: known)) }
        }
        if input.metric == nil, input.resource != nil { value.fail("'resource' needs 'metric'") }
        if let name = input.metric, input.resource == nil, metrics?.isOfAccount(name) != true {
            value.fail("'metric' needs 'resource', unless the account has the metric, as estimated_charges")
        }
        for key in ["timeout", "overlap"] where path != nil {
            mapping.values[key]?.fail("'\(key)' applies to commands only")
        }
        if let timeout = mapping["timeout"]?.duration() { input.timeout = timeout }
        if let overlap = mapping["overlap"]?.duration() { input.overlap = overlap }
        return input
    }

    private func arguments(_ value: YAMLValue) -> [String] {
        let arguments = value.elements("a list such as [aws, cloudwatch, get-metric-data]; it runs without a shell").compactMap {
            $0.string()
        }
        if value.list != nil, arguments.isEmpty { value.fail("'command' is empty; name a program") }
        return arguments
    }

    private func format(_ value: YAMLValue) -> String? {
        guard let id = value.string() else { return nil }
        if SampleFormat.named(id) == nil { value.fail(value.unknown(id, among: SampleFormat.all.map(\.id))) }
        return id
    }

    private func alerts(_ value: YAMLValue) -> AlertSettings {
        var settings = AlertSettings()
        guard let mapping = value.mapping(.alerts) else { return settings }
        if let value = mapping["group_wait"] { settings.groupWait = value.text == "0" ? .zero : value.duration() ?? .zero }
        if let value = mapping["repeat"] { settings.repeatEvery = value.text == "never" ? nil : value.duration() }
        if let value = mapping["stale_after"] { settings.staleAfter = value.text == "never" ? nil : value.duration() }
        settings.quietHours = mapping["quiet_hours"].flatMap(quietHours)
        return settings
    }

    private func quietHours(_ value: YAMLValue) -> QuietHours? {
        guard let mapping = value.mapping(.quietHours) else { return nil }
        let from = mapping["from"]?.read("time of day", "22:00", Self.minuteOfDay)
        let to = mapping["to"]?.read("time of day", "07:00", Self.minuteOfDay)
        let zone =
            mapping["zone"].map { value in
                value.read("time zone", "Europe/Berlin or UTC") { TimeZone(identifier: $0) }
            } ?? TimeZone(identifier: "UTC")
        let severities = mapping["severities"].map { Set($0.elements().compactMap { $0.choice(Severity.self) }) }
        guard let from, let to, let zone else { return nil }
        if from == to { value.fail("'from' and 'to' are equal; use different times or remove 'quiet_hours'") }
        return QuietHours(from: from, to: to, zone: zone, severities: severities ?? [.info, .warning])
    }

    /// `22:00` as minutes since midnight.
    static func minuteOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    private func retention(_ value: YAMLValue) -> Retention {
        if value.text == "forever" { return .forever }
        var result = Retention.cloudWatch
        guard let mapping = value.mapping(.retention) else { return result }
        func step(_ key: String, _ current: Duration?) -> Duration? {
            guard let value = mapping[key] else { return current }
            return value.text == "forever" ? nil : value.read("duration", "15d, or forever", QuantityText.duration) ?? current
        }
        result.minutes = step("1m", result.minutes)
        result.fiveMinutes = step("5m", result.fiveMinutes)
        result.hours = step("1h", result.hours)
        if let minutes = result.minutes, minutes < .seconds(86_400) {
            mapping["1m"]?.fail("'1m' must be at least 1d: late samples are evaluated again")
            result.minutes = .seconds(86_400)
        }
        let steps = [("1m", result.minutes), ("5m", result.fiveMinutes), ("1h", result.hours)]
        for ((finer, less), (coarser, more)) in zip(steps, steps.dropFirst()) {
            if let more, less.map({ $0 > more }) ?? true {
                (mapping[coarser] ?? mapping[finer] ?? value).fail(
                    "'\(finer)' is longer than '\(coarser)'; set '\(coarser)' to at least as long, or forever")
            }
        }
        return result
    }
}

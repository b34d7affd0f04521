public import AdvisorCore

extension RunSummary {
    /// The summary for programs.
    public var json: JSONValue { .object(members) }

    /// The keys of `json` with their values.
    public var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "status": .integer(status.rawValue), "problems": JSONValue(problems.map(\.message)),
            "seconds": .number((seconds * 1000).rounded() / 1000),
        ]
        members["accepted"] = accepted.map(JSONValue.integer)
        if ignoredResources > 0 { members["ignored_resources"] = .integer(ignoredResources) }
        members["delivered"] = delivered.map(JSONValue.integer)
        guard let changes, let alarms, let notified else { return members }
        members["changes"] = .integer(changes)
        members["alarms"] = .integer(alarms)
        members["notified"] = .integer(notified)
        members["newest_sample"] = JSONValue(newestSample)
        return members
    }
}

/// How to carry out one action, and its effects besides cost.
public struct Procedure: Hashable, Sendable {
    /// A command.
    public struct Command: Hashable, Sendable {
        /// A line for a POSIX shell; external names are quoted.
        public var text: String
        /// Its purpose; nil if it is obvious.
        public var purpose: CommandPurpose?

        /// Creates a command.
        public init(_ text: String, purpose: CommandPurpose? = nil) { (self.text, self.purpose) = (text, purpose) }
    }

    /// One line of the code that declares the stack, and its replacement.
    public struct CodeChange: Hashable, Sendable {
        /// The tool that the code is for.
        public var tool: InfrastructureCode
        /// The line as it is probably written; nil for a new one.
        public var before: String?
        /// The replacement.
        public var after: String
    }

    /// The action that the procedure carries out.
    public var step = RecommendationSummary.Step(action: .stay)
    /// The commands in order; empty if there are none.
    public var commands: [Command]
    /// The same change in the code that declares the stack, without which its next deployment reverts the commands; empty unless
    /// advisor.yaml says with what it is declared.
    public var changes: [CodeChange]
    /// The commands that show and deploy the changed code; nil without changes.
    public var deploy: String?
    /// The downtime.
    public var downtime: Downtime
    /// Whether it restarts.
    public var restart: RestartNeed
    /// The effort.
    public var effort: Effort
    /// The rollback; nil if nothing changes.
    public var rollback: Rollback?
    /// What cannot be rolled back; nil if nothing.
    public var irreversible: IrreversibleEffect?
    /// The best time; nil if nothing changes.
    public var window: ProcedureWindow?
    /// Known pitfalls.
    public var cautions: [Caution]
}

/// The hour of the week with the lowest load of a resource.
public struct LowestLoadHour: Hashable, Sendable, Codable {
    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int
    /// The hour, UTC, 0 to 23.
    public var hour: Int
    /// Its mean CPU, 0 to 1.
    public var cpu: Double
    /// The number of days of history used.
    public var days: Int

    /// Creates an hour.
    public init(weekday: Int, hour: Int, cpu: Double, days: Int) {
        (self.weekday, self.hour, self.cpu, self.days) = (weekday, hour, cpu, days)
    }

    private static let week = 168
    private static let longest: Duration = .seconds(28 * 86_400)

    /// The hour with the lowest mean CPU of the last four weeks; the earliest of equal ones.
    ///
    /// nil with less than a week, or if an hour of the week has no datapoint.
    /// - Parameters:
    ///   - history: The CPU of the resource, in percent or as shares of 1 according to its unit.
    ///   - now: The end of the history.
    public init?(_ history: ResourceHistory, now: Timestamp) {
        guard let series = history.series[.cpu], let newest = series.samples.last(where: { $0.start < now })?.start else {
            return nil
        }
        let first = newest - Self.longest
        var sums = [Double](repeating: 0, count: Self.week)
        var counts = [Int](repeating: 0, count: Self.week)
        var oldest = newest
        for sample in series.samples where sample.start >= first && sample.start <= newest {
            guard let value = sample.average ?? sample.maximum else { continue }
            oldest = min(oldest, sample.start)
            let slot = sample.start.weekday * 24 + Int(sample.start.millisecondsOfDay / 3_600_000)
            sums[slot] += value
            counts[slot] += 1
        }
        guard newest - oldest >= .seconds(7 * 86_400 - 3600), counts.allSatisfy({ $0 > 0 }) else { return nil }
        let means = zip(sums, counts).map { $0 / Double($1) }
        guard let least = means.min(), let slot = means.firstIndex(of: least) else { return nil }
        (weekday, hour, cpu) = (slot / 24, slot % 24, least / 100)
        days = Int(((newest - oldest).seconds / 86_400).rounded(.up))
    }
}

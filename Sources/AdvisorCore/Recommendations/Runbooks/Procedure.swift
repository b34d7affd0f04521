/// How one recommended step is done, and what it costs besides money.
public struct Procedure: Hashable, Sendable {
    /// One thing to type.
    public struct Command: Hashable, Sendable {
        /// A line for a POSIX shell; names from outside are quoted.
        public var text: String
        /// What it is for; nil where that is plain.
        public var note: String?

        /// A command by its parts.
        public init(_ text: String, note: String? = nil) { (self.text, self.note) = (text, note) }
    }

    /// One line of the guide's CDK code and what it becomes.
    public struct CodeChange: Hashable, Sendable {
        /// The guide's file, `services/infrastructure/lib/database-stack.ts`.
        public var file: String
        /// The line as the guide has it; nil for a new one.
        public var before: String?
        /// What it becomes.
        public var after: String

        /// A change by its parts.
        public init(file: String, before: String?, after: String) { (self.file, self.before, self.after) = (file, before, after) }
    }

    /// As a clause: `move to db.t4g.small`.
    public var title: String
    /// In the order to type them; empty where nothing is typed.
    public var commands: [Command]
    /// The same in the guide's CDK code; with it, the commands that change the resource are not needed.
    public var changes: [CodeChange]
    /// Deploys the changed code; nil where nothing changes.
    public var deploy: String?
    /// How long nobody can use the resource.
    public var downtime: String
    /// Whether it restarts.
    public var restart: String
    /// What it takes of somebody.
    public var effort: String
    /// How it is undone.
    public var rollback: String
    /// What cannot be undone; nil when nothing is.
    public var irreversible: String?
    /// When to do it.
    public var window: String
    /// What goes wrong otherwise.
    public var cautions: [String]
}

/// The hour of the week in which a resource has least to do.
public struct LowestLoadHour: Hashable, Sendable {
    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int
    /// UTC, 0 to 23.
    public var hour: Int
    /// Its mean CPU, 0 to 1.
    public var cpu: Double
    /// How many days of history it was found in.
    public var days: Int

    private static let week = 168
    private static let longest: Duration = .seconds(28 * 86_400)

    /// The quietest hour of the last four weeks, by mean CPU; of equal ones the earliest in the week.
    ///
    /// There is none with less than a week, or when an hour of the week has no datapoint.
    /// - Parameters:
    ///   - history: The resource's; in percent, or as shares of 1 where that is the unit.
    ///   - now: The end of what counts.
    public init?(_ history: ResourceHistory, now: Timestamp) {
        guard let series = history.series["cpu"], let newest = series.samples.last(where: { $0.start < now })?.start else {
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

    private static let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// `Sunday 04:00 to 05:00 UTC, its quietest hour: CPU 12 % over 28 days`.
    public var words: String {
        func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }
        let cpu = ValueText.text(cpu, .ratio)
        return
            "\(Self.names[weekday]) \(clock(hour)) to \(clock((hour + 1) % 24)) UTC, its quietest hour: CPU \(cpu) over \(days) days"
    }
}

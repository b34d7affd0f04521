import AdvisorCore
import Foundation

/// The backtest for a terminal, from 40 columns.
struct BacktestText {
    private static let mostEpisodes = 40
    private let report: BacktestReport
    private var layout: TextLayout

    private var backtest: Backtest { report.backtest }
    private var language: any Language { report.language }

    init(_ report: BacktestReport, width: Int) { (self.report, layout) = (report, TextLayout(width: width)) }

    func render() -> String {
        var copy = self
        copy.header()
        copy.timelines()
        for path in backtest.paths { copy.advice(path) }
        copy.summary()
        if let comparison = report.comparison { copy.compared(comparison) } else { copy.episodes() }
        return copy.layout.render()
    }

    private mutating func header() {
        let count = backtest.episodes.count
        layout.paragraph(
            "",
            "\(language.fullTime(backtest.from)) to \(language.fullTime(backtest.to)): \(Self.count(backtest.rules.count, "rule")), \(Self.count(count, "episode")). Uses today's advisor.yaml for the whole period.",
            labelWidth: 0)
    }

    private static func count(_ number: Int, _ word: String) -> String {
        "\(ValueText.grouped("\(number)")) \(word)\(number == 1 ? "" : "s")"
    }

    private mutating func timelines() {
        let firing = backtest.tracks.filter { !$0.episodes.isEmpty }
        let names = min(32, max(12, firing.map(\.rule.id.displayWidth).max() ?? 12), layout.width - 34)
        let cells = max(8, min(layout.width - names - 24, 96))
        var resource: String?
        for track in firing {
            if track.resource.id != resource {
                layout.gap()
                layout.line(SafeText.terminal(track.resource.id))
                layout.line(
                    .spaces(names + 4) + "in ALARM".leftPadded(to: 9) + "times".leftPadded(to: 8) + "  "
                        + axis(cells))
                resource = track.resource.id
            }
            let name = track.rule.id.truncated(to: names)
            layout.line(
                "  \(track.episodes.last?.end == nil ? "▲" : " ") " + name.padded(to: names)
                    + Self.rough(track.inAlarm).leftPadded(to: 9) + ValueText.grouped("\(track.episodes.count)").leftPadded(to: 8)
                    + "  " + timeline(track, cells: cells))
        }
        let quiet = Set(backtest.tracks.map(\.rule.id)).subtracting(firing.map(\.rule.id))
        let silent = Set(backtest.rules.map(\.id)).subtracting(backtest.tracks.map(\.rule.id))
        layout.gap()
        var words: [String] = []
        if !firing.isEmpty { words.append("█ in ALARM, ▒ part of the time, ? insufficient data, · OK.") }
        if !quiet.isEmpty { words.append("\(Self.count(quiet.count, "rule")) never fired.") }
        if !silent.isEmpty {
            words.append("\(Self.count(silent.count, "rule")) did not apply; `advisor rules explain` says why.")
        }
        layout.paragraph("", words.joined(separator: " "), labelWidth: 0)
    }

    private func day(_ time: Timestamp) -> String { language.day(time, asOf: backtest.to) }

    /// The first and the last day at the ends of an axis.
    private func axis(_ cells: Int) -> String {
        let ends = [day(backtest.from), day(backtest.to)]
        let space = cells - ends[0].displayWidth - ends[1].displayWidth
        return space > 0 ? ends[0] + .spaces(space) + ends[1] : String(ends[0].prefix(cells))
    }

    /// One character per interval.
    private func timeline(_ track: Backtest.RuleTimeline, cells: Int) -> String {
        let (begin, whole) = (backtest.from.milliseconds, backtest.to.milliseconds - backtest.from.milliseconds)
        guard whole > 0 else { return "" }
        var result = ""
        var index = 0
        for cell in 0..<cells {
            let low = begin + whole / Int64(cells) * Int64(cell)
            let high = cell == cells - 1 ? backtest.to.milliseconds : begin + whole / Int64(cells) * Int64(cell + 1)
            var shares: [AlarmState: Int64] = [:]
            while index < track.intervals.count, track.intervals[index].end.milliseconds <= low { index += 1 }
            for interval in track.intervals[index...] {
                guard interval.start.milliseconds < high else { break }
                shares[interval.state, default: 0] += min(high, interval.end.milliseconds) - max(low, interval.start.milliseconds)
            }
            let (alarm, unknown) = (shares[.alarm] ?? 0, shares[.insufficientData] ?? 0)
            result += alarm >= high - low ? "█" : alarm > 0 ? "▒" : unknown * 2 > high - low ? "?" : "·"
        }
        return result
    }

    /// `3.2 d`, `5 h`, `40 min`.
    private static func rough(_ duration: Duration) -> String {
        let seconds = duration.seconds
        for (length, unit) in [(86_400.0, "d"), (3600, "h"), (60, "min")] where seconds >= length {
            return "\(ValueText.number((seconds / length * 10).rounded() / 10)) \(unit)"
        }
        return "\(ValueText.number(seconds)) s"
    }

    private mutating func advice(_ path: Backtest.RecommendationTimeline) {
        guard path.advice.contains(where: { !$0.recommendation.steps.isEmpty }) else { return }
        layout.gap()
        layout.line(SafeText.terminal("What would have been recommended for \(path.resource.id)"))
        let shown = path.advice.count > Self.mostEpisodes ? path.advice.suffix(Self.mostEpisodes) : path.advice[...]
        if shown.count < path.advice.count {
            layout.line("  the last \(shown.count) of \(path.advice.count) changes; --format json has them all")
        }
        for advice in shown {
            let recommendation = advice.recommendation
            let steps = recommendation.steps.map(language.title)
            let words =
                switch recommendation.kind {
                case .stay: "Stay"
                case .unknown: "Cannot tell"
                default: steps.joined(separator: "; ") + "  " + language.costAfter(recommendation)
                }
            layout.paragraph("  \(Self.minute(advice.at))", SafeText.terminal(words), labelWidth: 20)
        }
    }

    /// `2026-03-30 18:05`.
    private static func minute(_ time: Timestamp) -> String {
        time.description.prefix(16).split(separator: "T").joined(separator: " ")
    }

    private mutating func summary() {
        layout.gap()
        let days = (backtest.to - backtest.from).seconds / 86_400
        if let following = backtest.following, let staying = backtest.staying {
            let difference = following - staying
            let words =
                difference.amount == 0
                ? "no difference" : difference.amount < 0 ? "\(Money(0) - difference) less" : "\(difference) more"
            layout.paragraph(
                "Cost",
                "following each recommendation from the moment it came, and never going back: \(following) over \(ValueText.number((days * 10).rounded() / 10)) days; staying: \(staying); \(words). At list prices: what credits, backup and transfer cost comes on top"
            )
        } else if !backtest.paths.isEmpty {
            layout.paragraph("Cost", "unknown: a bill before or after is unknown")
        }
        layout.paragraph("Alerts", words(backtest.alerts))
    }

    private func words(_ alerts: Backtest.Alerts) -> String {
        let held = alerts.held > 0 ? "; \(ValueText.grouped("\(alerts.held)")) muted or inhibited" : ""
        guard alerts.total > 0 else { return "none would have been sent\(held)" }
        let kinds = Severity.allCases.reversed().compactMap { severity in
            alerts.alarms[severity].map { "\($0) \(severity.rawValue)" }
        }
        let busiest = alerts.busiest.map { "; most on \(day($0.day)): \($0.count)" } ?? ""
        return
            "\(ValueText.grouped("\(alerts.total)")) would have been sent, before grouping: \((kinds + ["\(alerts.resolved) resolved"]).joined(separator: ", "))\(busiest)\(held)"
    }

    private mutating func episodes() {
        let episodes = backtest.episodes
        guard !episodes.isEmpty else { return }
        layout.gap()
        let shown = episodes.count > Self.mostEpisodes ? Array(longest(episodes)) : episodes
        if shown.count < episodes.count {
            layout.line(
                "The \(shown.count) longest of \(ValueText.grouped("\(episodes.count)")) episodes; --format csv lists them all")
        }
        table(shown.map { row($0, mark: nil) })
    }

    private func longest(_ episodes: [Episode]) -> [Episode] {
        let longest = episodes.sorted { report.length($0) > report.length($1) }.prefix(Self.mostEpisodes)
        return longest.sorted { ($0.resource, $0.start, $0.rule) < ($1.resource, $1.start, $1.rule) }
    }

    private mutating func table(_ rows: [[String]]) { layout.table(rows, isWhole: true) }

    private func row(_ episode: Episode, mark: String?) -> [String] {
        let measure = report.rule(episode.rule)?.when.shownMeasure
        let peak = episode.peak.flatMap { peak in measure.map { "peak \(ValueText.text(peak, $0))" } } ?? ""
        // A narrow terminal has no room for the end, which follows from the duration, and the resource, which is the heading.
        guard layout.width >= 90 else {
            return [mark.map { String($0.prefix(1)) }].compactMap { $0 } + [
                Self.minute(episode.start), Self.rough(report.length(episode)) + (episode.end == nil ? "+" : ""), episode.rule,
                peak,
            ]
        }
        return [mark].compactMap { $0 } + [
            Self.minute(episode.start), episode.end.map(Self.minute) ?? "still in ALARM",
            Self.rough(report.length(episode)), episode.rule, SafeText.terminal(episode.resource), peak,
        ]
    }

    private mutating func compared(_ comparison: BacktestComparison) {
        layout.gap()
        let counts = EpisodeChange.Kind.allCases.map { "\(comparison.changes($0).count) \($0.rawValue)" }
        layout.paragraph("", "Compared with the other rules: \(counts.joined(separator: ", ")).", labelWidth: 0)
        if !comparison.removed.isEmpty { layout.paragraph("Only there", comparison.removed.joined(separator: ", ")) }
        if !comparison.added.isEmpty { layout.paragraph("Only here", comparison.added.joined(separator: ", ")) }
        layout.paragraph("Alerts there", words(comparison.before.alerts))
        if let there = comparison.before.following, let here = comparison.after.following {
            layout.paragraph("Cost there", "following: \(there); here: \(here)")
        }
        let changed = comparison.changes.filter { $0.kind != .same }
        guard !changed.isEmpty else { return }
        layout.gap()
        var rows: [[String]] = []
        for change in changed.prefix(Self.mostEpisodes) {
            switch change.kind {
            case .gained: rows += change.after.map { row($0, mark: "+ gained") }
            case .lost: rows += change.before.map { row($0, mark: "- lost") }
            case .same, .shifted:
                rows += change.before.map { row($0, mark: "~ was") } + change.after.map { row($0, mark: "~ now") }
            }
        }
        table(rows)
        if changed.count > Self.mostEpisodes {
            layout.line("and \(changed.count - Self.mostEpisodes) more; --format csv lists them all")
        }
    }
}

extension BacktestReport {
    /// The report as text with a number of columns.
    public func text(width: Int) -> String { BacktestText(self, width: width).render() }
}

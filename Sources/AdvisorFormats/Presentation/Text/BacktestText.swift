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
        let (rules, episodes) = (backtest.rules.count, backtest.episodes.count)
        let header = BacktestPhrase.header(from: backtest.from, to: backtest.to, rules: rules, episodes: episodes)
        layout.paragraph("", language.text(header), labelWidth: 0)
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
                    .spaces(names + 4) + language.title(BacktestTitle.inAlarm).leftPadded(to: 9)
                        + language.title(BacktestTitle.times).leftPadded(to: 8) + "  " + axis(cells))
                resource = track.resource.id
            }
            let name = track.rule.id.truncated(to: names)
            layout.line(
                "  \(track.episodes.last?.end == nil ? "▲" : " ") " + name.padded(to: names)
                    + language.rounded(track.inAlarm).leftPadded(to: 9)
                    + ValueText.grouped("\(track.episodes.count)").leftPadded(to: 8)
                    + "  " + timeline(track, cells: cells))
        }
        let quiet = Set(backtest.tracks.map(\.rule.id)).subtracting(firing.map(\.rule.id))
        let silent = Set(backtest.rules.map(\.id)).subtracting(backtest.tracks.map(\.rule.id))
        layout.gap()
        var words: [String] = []
        if !firing.isEmpty { words.append(language.title(BacktestTitle.legend)) }
        if !quiet.isEmpty { words.append(language.text(BacktestPhrase.neverFired(quiet.count))) }
        if !silent.isEmpty { words.append(language.text(BacktestPhrase.didNotApply(silent.count))) }
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

    private mutating func advice(_ path: Backtest.RecommendationTimeline) {
        guard path.advice.contains(where: { !$0.recommendation.steps.isEmpty }) else { return }
        layout.gap()
        layout.line(SafeText.terminal(language.text(BacktestPhrase.advice(resource: path.resource.id))))
        let shown = path.advice.count > Self.mostEpisodes ? path.advice.suffix(Self.mostEpisodes) : path.advice[...]
        if shown.count < path.advice.count {
            layout.line("  " + language.text(BacktestPhrase.lastChanges(shown.count, of: path.advice.count)))
        }
        for advice in shown {
            let recommendation = advice.recommendation
            let steps = recommendation.steps.map(language.title)
            let words =
                switch recommendation.kind {
                case .stay: language.title(ReportTitle.stay)
                case .unknown: language.title(ReportTitle.undecided)
                default: steps.joined(separator: "; ") + "  " + language.costAfter(recommendation, asOf: advice.at)
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
            let cost = BacktestPhrase.cost(following: following, staying: staying, days: (days * 10).rounded() / 10)
            layout.paragraph(language.title(BacktestTitle.cost), language.text(cost))
        } else if !backtest.paths.isEmpty {
            layout.paragraph(language.title(BacktestTitle.cost), language.title(BacktestTitle.costUnknown))
        }
        layout.paragraph(language.title(BacktestTitle.alerts), words(backtest.alerts))
    }

    private func words(_ alerts: Backtest.Alerts) -> String {
        language.text(BacktestPhrase.alerts(alerts, asOf: backtest.to))
    }

    private mutating func episodes() {
        let episodes = backtest.episodes
        guard !episodes.isEmpty else { return }
        layout.gap()
        let shown = episodes.count > Self.mostEpisodes ? Array(longest(episodes)) : episodes
        if shown.count < episodes.count {
            layout.line(language.text(BacktestPhrase.longest(shown.count, of: episodes.count)))
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
        let peak =
            episode.peak.flatMap { peak in measure.map { language.text(BacktestPhrase.peak(language.text(Quantity(peak, $0)))) } }
            ?? ""
        // A narrow terminal has no room for the end, which follows from the duration, and the resource, which is the heading.
        guard layout.width >= 90 else {
            return [mark.map { String($0.prefix(1)) }].compactMap { $0 } + [
                Self.minute(episode.start), language.rounded(report.length(episode)) + (episode.end == nil ? "+" : ""),
                episode.rule,
                peak,
            ]
        }
        return [mark].compactMap { $0 } + [
            Self.minute(episode.start), episode.end.map(Self.minute) ?? language.title(BacktestTitle.stillInAlarm),
            language.rounded(report.length(episode)), episode.rule, SafeText.terminal(episode.resource), peak,
        ]
    }

    private mutating func compared(_ comparison: BacktestComparison) {
        layout.gap()
        let counts = EpisodeChange.Kind.allCases.map { ($0, comparison.changes($0).count) }
        layout.paragraph("", language.text(BacktestPhrase.compared(counts)), labelWidth: 0)
        func paragraph(_ title: BacktestTitle, _ text: String) { layout.paragraph(language.title(title), text) }
        if !comparison.removed.isEmpty { paragraph(.onlyThere, comparison.removed.joined(separator: ", ")) }
        if !comparison.added.isEmpty { paragraph(.onlyHere, comparison.added.joined(separator: ", ")) }
        paragraph(.alertsThere, words(comparison.before.alerts))
        if let there = comparison.before.following, let here = comparison.after.following {
            paragraph(.costThere, language.text(BacktestPhrase.costs(there: there, here: here)))
        }
        let changed = comparison.changes.filter { $0.kind != .same }
        guard !changed.isEmpty else { return }
        layout.gap()
        var rows: [[String]] = []
        for change in changed.prefix(Self.mostEpisodes) {
            switch change.kind {
            case .gained: rows += change.after.map { row($0, mark: "+ " + language.title(BacktestTitle.gained)) }
            case .lost: rows += change.before.map { row($0, mark: "- " + language.title(BacktestTitle.lost)) }
            case .same, .shifted:
                rows += change.before.map { row($0, mark: "~ " + language.title(BacktestTitle.before)) }
                rows += change.after.map { row($0, mark: "~ " + language.title(BacktestTitle.after)) }
            }
        }
        table(rows)
        if changed.count > Self.mostEpisodes {
            layout.line(language.text(BacktestPhrase.more(changed.count - Self.mostEpisodes)))
        }
    }
}

extension BacktestReport {
    /// The report as text with a number of columns.
    public func text(width: Int) -> String { BacktestText(self, width: width).render() }
}

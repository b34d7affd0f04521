import AdvisorCore
import Foundation

/// Korean in the formal polite style, and how it writes times and values.
struct Korean: Language {
    var id: String { "ko" }
    /// The Korean texts of the rules, by id.
    var rules: [String: RuleText] = [:]

    private static let days = ["월", "화", "수", "목", "금", "토", "일"]

    func fullTime(_ time: Timestamp) -> String {
        "\(time.date.year)년 \(Self.day(time))(\(Self.days[time.weekday])) \(Self.clock(time)) UTC"
    }

    func time(_ time: Timestamp, asOf now: Timestamp) -> String {
        time.date.year == now.date.year ? "\(Self.day(time)) \(Self.clock(time))" : "\(time.date.year)년 \(Self.day(time))"
    }

    func day(_ time: Timestamp, asOf now: Timestamp) -> String {
        time.date.year == now.date.year ? Self.day(time) : "\(time.date.year)년 \(Self.day(time))"
    }

    static func day(_ time: Timestamp) -> String { day(time.date) }

    /// `4월 27일`.
    static func day(_ date: CivilDate) -> String { "\(date.month)월 \(date.day)일" }

    private static func clock(_ time: Timestamp) -> String {
        let minutes = time.millisecondsOfDay / 60_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    func text(_ quantity: Quantity) -> String {
        guard quantity.value.isFinite else {
            return quantity.value > 0 && quantity.kind == .time ? "예측되지 않음" : Self.unknown
        }
        return Self.units(ValueText.text(quantity.value, quantity.kind))
    }

    func capitalized(_ clause: String) -> String { clause }

    func rewritten(_ value: String) -> String { Self.compact(Self.units(value)) }

    func exact(_ value: Double, _ measure: QuantityKind) -> String {
        value.isFinite ? Self.units(ExactText.text(value, measure)) : text(Quantity(value, measure))
    }

    func hours(_ hours: Double) -> String { "\(ValueText.number(hours))시간" }

    func rounded(_ duration: Duration) -> String { Self.units(duration.roundedText) }

    /// A number with its unit as Korean writes it: `91%`, `5분`, `11.2GB`, `1.2/초`.
    static func units(_ text: String) -> String {
        guard text != "unknown" else { return unknown }
        let perSecond = text.hasSuffix("/s")
        let parts = (perSecond ? String(text.dropLast(2)) : text).split(separator: " ", maxSplits: 1)
        guard let number = parts.first else { return text }
        let units = ["d": "일", "h": "시간", "min": "분", "s": "초"]
        let unit = parts.count > 1 ? units[String(parts[1])] ?? String(parts[1]) : ""
        return number + unit + (perSecond ? "/초" : "")
    }

    static let unknown = "알 수 없음"

    /// `$25.66`, or that it is unknown.
    static func text(_ money: Money?) -> String { money?.description ?? unknown }

    static func count(_ number: Int) -> String { ValueText.grouped("\(number)") }

    // MARK: Rules and metrics

    func title(_ rule: RuleName) -> String { rules[rule.id]?.title ?? rule.title }

    func title(_ metric: Metric) -> String { Self.metrics[metric.id.rawValue] ?? metric.title }

    func naming(_ rules: [Rule]) -> any Language {
        var copy = self
        for rule in rules {
            guard var text = rule.translations[id] else { continue }
            (text.title, text.summary) = (text.title.map(Self.compact), text.summary.map(Self.compact))
            copy.rules[rule.id] = text
        }
        return copy
    }

    /// Without the spaces that English has between number and unit: values of variables are written in English.
    private static func compact(_ text: String) -> String {
        text.replacing(/([0-9]) (%|[kMGT]i?B|ms)/) { "\($0.1)\($0.2)" }
            .replacing(/([0-9]+) (min|s|h|d)\b/) { units(String($0.0)) }
    }

    func advice(_ tip: Tip, asOf now: Timestamp) -> String {
        rules[tip.rule.id]?.how ?? tip.how ?? summary(tip.finding, asOf: now)
    }

    /// The summary of a rule, with the values filled in; nil for its title.
    func summary(_ rule: RuleName, _ summary: String?, _ measured: RuleMeasurement) -> String? {
        let template = rules[rule.id]?.summary ?? summary
        return template.map { filled($0, measured) }
    }

    private func filled(_ template: String, _ measured: RuleMeasurement) -> String {
        let values = [
            ("{value}", measured.value.map { text($0) }), ("{threshold}", measured.threshold.map { text($0) }),
            ("{for}", measured.length.map { text($0) }), ("{resource}", measured.resource),
            ("{since}", measured.since?.description),
        ]
        return values.reduce(template) { Self.replaced($0, $1.0, by: $1.1 ?? Self.unknown) }
    }

    /// A particle behind a placeholder, as `{value}을(를)`, takes the form after the value.
    private static func replaced(_ template: String, _ name: String, by value: String) -> String {
        let pairs: [(String, KoreanParticle)] = [
            ("을(를)", .object), ("이(가)", .subject), ("은(는)", .topic), ("(으)로", .direction), ("과(와)", .with),
        ]
        return pairs.reduce(template) { $0.replacingOccurrences(of: name + $1.0, with: value.with($1.1)) }
            .replacingOccurrences(of: name, with: value)
    }
}

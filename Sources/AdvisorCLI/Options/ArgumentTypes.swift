import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

extension Timestamp: CommandArgument {
    init(parsing text: String) throws(InvalidArgument) {
        guard let time = Timestamp(text: text) else {
            throw InvalidArgument(text, "invalid time '\(text)'; use RFC 3339, e.g. 2026-03-31T00:00:00Z")
        }
        self = time
    }
}

extension Severity: NamedArgument {
    static var kind: String { "severity" }
}

extension OutboxEntry.State: NamedArgument {
    static var kind: String { "state" }
}

extension SampleExporter.Format: NamedArgument {
    static var kind: String { "format" }
}

extension RecommendationRecord.State: NamedArgument {
    static var kind: String { "state" }
}

/// A duration such as `30s`, `5m`, `7d`, or 0.
struct DurationArgument: CommandArgument {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init(parsing text: String) throws(InvalidArgument) {
        guard let duration = text == "0" ? .zero : QuantityText.duration(text) else {
            throw InvalidArgument(text, "invalid duration '\(text)'; use e.g. 30s, 5m, 12h or 7d")
        }
        self.init(duration)
    }

    var defaultValueDescription: String { ValueText.duration(duration.seconds).filter { $0 != " " } }
}

/// The growth of a month, e.g. `10%/month`; a bare share is a month's too.
struct GrowthRate: CommandArgument {
    /// 0.1 for 10 %; above -1 and below 10.
    let share: Double

    init(parsing text: String) throws(InvalidArgument) {
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let share = digits.hasSuffix("/month") ? digits.dropLast("/month".count) : digits
        let isFalling = text.hasPrefix("-")
        guard let number = QuantityText.percent(String(share)), number < 10, !isFalling || number < 1 else {
            throw InvalidArgument(text, "invalid growth rate '\(text)'; use e.g. 10%/month, above -100 % and below 1000 %")
        }
        self.share = isFalling ? -number : number
    }
}

/// A number of active users, at least 1.
struct UserCount: CommandArgument {
    let count: Double

    init(parsing text: String) throws(InvalidArgument) {
        guard let count = QuantityText.number(text), count >= 1 else {
            throw InvalidArgument(text, "invalid user count '\(text)'; use a number of at least 1, e.g. 5000 or 5_000")
        }
        self.count = count
    }
}

/// How many months a plan has, 1 to 60.
struct MonthCount: CommandArgument {
    let count: Int

    init(_ count: Int) { self.count = count }

    init(parsing text: String) throws(InvalidArgument) {
        guard let count = Int(text), (1...60).contains(count) else {
            throw InvalidArgument(text, "invalid number of months '\(text)'; use 1 to 60")
        }
        self.init(count)
    }

    var defaultValueDescription: String { "\(count)" }
}

/// At most so many rows, at least 1.
struct RowLimit: CommandArgument {
    let count: Int

    init(_ count: Int) { self.count = count }

    init(parsing text: String) throws(InvalidArgument) {
        guard let count = Int(text), count > 0 else {
            throw InvalidArgument(text, "invalid limit '\(text)'; use a number of at least 1")
        }
        self.init(count)
    }

    var defaultValueDescription: String { "\(count)" }
}

/// A finite number.
struct FiniteNumber: CommandArgument {
    let value: Double

    init(parsing text: String) throws(InvalidArgument) {
        guard let value = Double(text), value.isFinite else {
            throw InvalidArgument(text, "invalid number '\(text)'; use a finite number, e.g. 12.5")
        }
        self.value = value
    }
}

/// A time zone of the IANA database.
struct TimeZoneArgument: CommandArgument {
    let zone: TimeZone

    init(parsing text: String) throws(InvalidArgument) {
        guard let zone = TimeZone(identifier: text) else {
            throw InvalidArgument(text, "unknown time zone '\(text)'; use e.g. Asia/Seoul or UTC")
        }
        self.zone = zone
    }
}

/// A text that is not empty.
struct NonemptyText: CommandArgument {
    let text: String

    init(parsing text: String) throws(InvalidArgument) {
        if text.allSatisfy(\.isWhitespace) { throw InvalidArgument(text, "the value is empty") }
        self.text = text
    }
}

/// A format of samples or of bills.
enum InputFormat: CommandArgument {
    case samples(SampleFormat)
    case bill(BillFormat)

    init(parsing text: String) throws(InvalidArgument) {
        if let format = SampleFormat.named(text) {
            self = .samples(format)
        } else if let format = BillFormat.named(text) {
            self = .bill(format)
        } else {
            throw InvalidArgument(
                text, unknown: "input format", among: SampleFormat.all.map(\.id) + BillFormat.all.map(\.id))
        }
    }

    var samples: SampleFormat? { if case .samples(let format) = self { format } else { nil } }
    var bill: BillFormat? { if case .bill(let format) = self { format } else { nil } }
}

extension ReportFormat: CommandArgument {
    init(parsing text: String) throws(InvalidArgument) {
        guard let format = Self.all.first(where: { $0.id == text }) else {
            throw InvalidArgument(text, unknown: "format", among: Self.all.map(\.id))
        }
        self = format
    }

    var defaultValueDescription: String { id }

    /// `text, json, markdown, html, csv`, for help pages.
    static var list: String { all.map(\.id).joined(separator: ", ") }

    static var allValueStrings: [String] { [] }

    /// The format for people.
    static var text: ReportFormat { format("text") }

    /// The format for programs.
    static var json: ReportFormat { format("json") }

    private static func format(_ id: String) -> ReportFormat { all.first { $0.id == id } ?? all[0] }
}

/// The format of an answer.
enum AnswerFormat: String, NamedArgument {
    case text, json

    static var kind: String { "format" }
}

import AdvisorCore
import Foundation

/// Values with all their digits.
enum ExactText {
    /// A value with up to six significant digits, to be compared with a threshold.
    static func text(_ value: Double, _ measure: QuantityKind) -> String {
        guard value.isFinite, value != 0, measure != .money else { return ValueText.text(value, measure) }
        let short = ValueText.text(value, measure)
        let scale: Double
        let suffix = measure.isRate ? "/s" : ""
        switch (measure.base, short) {
        case (.ratio, _): scale = 100
        case (.bytes, _):
            scale = 1 / ([1e12, 1e9, 1e6, 1e3].first { abs(value) >= $0 } ?? 1)
        case (.count, _): scale = 1
        case (.time, _) where abs(value) < 1: scale = 1000
        case (.time, _), (.money, _), (.text, _), (.boolean, _), (.list, _): return short
        }
        let unit = short.drop { $0.isNumber || $0 == "," || $0 == "." || $0 == "-" }
        let scaled = value * scale
        guard (1e-9..<1e15).contains(abs(scaled)) else { return short }
        let digits = max(0, 5 - Int(log10(abs(scaled)).rounded(.down)))
        let power = pow(10, Double(min(digits, 9)))
        let rounded = (scaled * power).rounded() / power
        let text = rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
        return text.contains("e") ? short : ValueText.grouped(text) + (unit.isEmpty ? suffix : String(unit))
    }
}

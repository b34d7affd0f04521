import Foundation

/// Comes to a verdict from the JSON of `advisor rules explain` alone, as a person with a pencil would: nothing of the
/// advisor's own code is used.
struct HandCheck {
    typealias Object = [String: Any]

    private(set) var disagreements: [String] = []
    private let explanation: Object

    /// What does not add up; empty when all does.
    static func disagreements(_ explanation: Object) -> [String] {
        var check = HandCheck(explanation)
        check.verdict()
        return check.disagreements
    }

    private init(_ explanation: Object) { self.explanation = explanation }

    private mutating func expect(_ isSo: Bool, _ what: @autoclosure () -> String) {
        if !isSo { disagreements.append("\(explanation["rule"] ?? ""): \(what())") }
    }

    private mutating func verdict() {
        if let condition = explanation["where"] as? Object {
            let holds = value(condition, at: 0, readings: []) as? Bool
            expect(holds == condition["value"] as? Bool, "where comes to \(String(describing: holds))")
            if holds == false {
                expect(explanation["state"] is NSNull, "a rule that does not apply has a state")
                return
            }
        }
        guard let when = explanation["when"] as? Object, let after = explanation["after"] as? Object else { return }
        guard let sustain = explanation["sustain"] as? Object, let toAlarm = sustain["datapoints_to_alarm"] as? Int,
            let evaluated = sustain["evaluation_periods"] as? Int
        else {
            let holds = (when["expression"] as? Object).flatMap { value($0, at: 0, readings: []) as? Bool }
            let expected = holds.map { $0 ? "ALARM" : "OK" } ?? "INSUFFICIENT_DATA"
            expect(expected == after["state"] as? String, "facts come to \(expected)")
            return
        }
        let decision = decided(when, toAlarm, evaluated)
        let clears = (explanation["clear"] as? Object).map { decided($0, toAlarm, evaluated) == "ALARM" }
        let state = state(after: decision, clears: clears)
        expect(state == after["state"] as? String, "the state comes to \(state), it says \(after["state"] ?? "nothing")")
        expect(state == explanation["state"] as? String, "the verdict comes to \(state)")
    }

    /// What stands after a decision, by what stood before, `clear` and `keep_firing_for`.
    private func state(after decision: String, clears: Bool?) -> String {
        guard let before = explanation["before"] as? Object, let old = before["state"] as? String else { return "" }
        let isLeaving = before["leaving_since"] is String
        switch decision {
        case "INSUFFICIENT_DATA", "ALARM": return decision
        case "retain" where old != "ALARM" || !isLeaving: return old
        case "ok_unless_alarm" where old == "ALARM" && !isLeaving: return "ALARM"
        case "OK" where old != "ALARM", "ok_unless_alarm" where old != "ALARM": return "OK"
        case "OK" where clears == false && !isLeaving: return "ALARM"
        default:
            guard let hold = (explanation["keep_firing_for_seconds"] as? NSNumber)?.doubleValue else { return "OK" }
            guard let at = Self.time(explanation["evaluated_at"]) else { return "" }
            let since = Self.time(before["leaving_since"]) ?? at
            return at - since >= hold ? "OK" : "ALARM"
        }
    }

    /// The table of the CloudWatch User Guide, with its open cases as rule-language.md decides them.
    private mutating func decided(_ side: Object, _ toAlarm: Int, _ evaluated: Int) -> String {
        let readings = side["readings"] as? [Object] ?? []
        for reading in readings { check(reading) }
        let points = side["datapoints"] as? [Object] ?? []
        guard let expression = side["expression"] as? Object else { return "" }
        var range: [Bool?] = []
        for (index, point) in points.enumerated() {
            let isWhole = readings.allSatisfy { Self.value($0, at: index) != nil }
            let holds = isWhole ? value(expression, at: index, readings: readings) as? Bool : nil
            expect(holds == point["holds"] as? Bool, "datapoint \(index) comes to \(String(describing: holds))")
            range.append(holds)
        }
        let real = range.reversed().compactMap { $0 }
        let missing = side["missing"] as? String
        let breaching = real.count { $0 }
        let outcome: String
        if real.count >= evaluated {
            outcome = real.prefix(evaluated).count { $0 } >= toAlarm ? "ALARM" : "OK"
        } else if missing == "breaching" {
            outcome = breaching + evaluated - real.count >= toAlarm ? "ALARM" : "OK"
        } else if missing == "not_breaching" {
            outcome = breaching >= toAlarm ? "ALARM" : "OK"
        } else if real.isEmpty {
            outcome = missing == "missing" ? "INSUFFICIENT_DATA" : "retain"
        } else if breaching >= toAlarm {
            outcome = "ALARM"
        } else if breaching < real.count {
            outcome = "OK"
        } else if let oldest = range.suffix(evaluated).firstIndex(of: true) {
            outcome = range.count - oldest >= toAlarm && missing == "missing" ? "ALARM" : "retain"
        } else {
            outcome = missing == "missing" ? "ok_unless_alarm" : "retain"
        }
        let said = (side["decision"] as? Object)?["outcome"] as? String
        expect(said == outcome, "the table comes to \(outcome), it says \(said ?? "nothing")")
        return outcome
    }

    /// The statistic of each datapoint from its samples.
    private mutating func check(_ reading: Object) {
        // A forecast is no sum; its value is taken as it is.
        guard reading["function"] is NSNull else { return }
        let inner = reading["readings"] as? [Object] ?? []
        for reading in inner { check(reading) }
        for (index, point) in (reading["datapoints"] as? [Object] ?? []).enumerated() {
            let said = (point["value"] as? NSNumber)?.doubleValue
            let samples = point["samples"] as? [Object] ?? []
            let found: Double?
            if let derived = reading["derived"] as? Object {
                found =
                    inner.allSatisfy { Self.value($0, at: index) != nil }
                    ? value(derived, at: index, readings: inner) as? Double : nil
            } else if let count = point["sample_count"] as? Int, count == samples.count {
                let isCovered = (point["periods"] as? Int).map { (point["periods_with_data"] as? Int ?? 0) * 2 >= $0 } ?? true
                found = isCovered ? Self.summed(samples, reading["statistic"] as? String ?? "") : nil
            } else {
                continue
            }
            let isSame = said == nil ? found == nil : found.map { abs($0 - (said ?? 0)) <= 1e-9 * max(1, abs($0)) } ?? false
            expect(
                isSame,
                "\(reading["text"] ?? "") \(index) comes to \(String(describing: found)), it says \(String(describing: said))")
        }
    }

    private static func summed(_ samples: [Object], _ statistic: String) -> Double? {
        func numbers(_ key: String) -> [Double] { samples.compactMap { ($0[key] as? NSNumber)?.doubleValue } }
        let values = numbers("value")
        guard !values.isEmpty else { return nil }
        let (sums, counts) = (numbers("sum"), numbers("count"))
        switch statistic {
        case "avg":
            let isExact = sums.count == samples.count && counts.count == samples.count && counts.allSatisfy { $0 > 0 }
            if isExact { return sums.reduce(0, +) / counts.reduce(0, +) }
            // Without counts a sample weighs as much as it is long.
            let known = samples.filter { $0["value"] is NSNumber }.compactMap { ($0["period_seconds"] as? NSNumber)?.doubleValue }
            return zip(values, known).reduce(0) { $0 + $1.0 * $1.1 } / known.reduce(0, +)
        case "min": return values.min()
        case "max": return values.max()
        case "sum", "count": return values.reduce(0, +)
        default:
            let sorted = values.sorted()
            let position = (Double(statistic.dropFirst()) ?? 0) / 100 * Double(sorted.count - 1)
            let lower = Int(position)
            let upper = min(lower + 1, sorted.count - 1)
            return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
        }
    }

    private static func value(_ reading: Object, at index: Int) -> Double? {
        let points = reading["datapoints"] as? [Object] ?? []
        return index < points.count ? (points[index]["value"] as? NSNumber)?.doubleValue : nil
    }

    /// An expression's value at a datapoint: a Double, Bool, String or [String]; nil when unknown.
    private func value(_ part: Object, at index: Int, readings: [Object]) -> Any? {
        switch part["kind"] as? String {
        case "reading": return (part["reading"] as? Int).flatMap { Self.value(readings[$0], at: index) }
        case "operation": break
        default:
            switch part["measure"] as? String {
            case "text", "list": return part["value"] is NSNull ? nil : part["value"]
            case "boolean": return part["value"] as? Bool
            default: return (part["value"] as? NSNumber)?.doubleValue
            }
        }
        let values = (part["parts"] as? [Object] ?? []).map { value($0, at: index, readings: readings) }
        let sign = part["operator"] as? String ?? ""
        if sign == "and" || sign == "or" {
            let known = values.map { $0 as? Bool }
            if known.contains(sign == "or") { return sign == "or" }
            return known.contains(nil) ? nil : sign == "and"
        }
        guard let left = values.first ?? nil, let right = values.last ?? nil else { return nil }
        if let first = left as? Double, let second = right as? Double, !(values.count == 1) {
            switch sign {
            case "<": return first < second
            case "<=": return first <= second
            case ">": return first > second
            case ">=": return first >= second
            case "==": return first == second
            case "!=": return first != second
            case "+": return first + second
            case "-": return first - second
            case "*": return first * second
            case "/": return first / second
            default: return nil
            }
        }
        switch sign {
        case "-": return (left as? Double).map { -$0 }
        case "not": return (left as? Bool).map { !$0 }
        case "in": return (right as? [String])?.contains(left as? String ?? "") ?? false
        case "==": return "\(left)" == "\(right)"
        case "!=": return "\(left)" != "\(right)"
        default: return nil
        }
    }

    private static func time(_ text: Any?) -> Double? {
        (text as? String).flatMap { try? Date($0, strategy: .iso8601) }?.timeIntervalSince1970
    }
}

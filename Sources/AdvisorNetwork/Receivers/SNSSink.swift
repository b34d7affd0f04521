internal import AdvisorCore
internal import Foundation

/// The JSON of a CloudWatch alarm as a string in an SNS envelope.
///
/// Only AWS can sign SNS messages: signature and certificate are empty, and a receiver that verifies them rejects it.
struct SNSSink: HTTPSink {
    let setup: SinkContext
    private let url: URL

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        url = try setup.neededURL()
    }

    func request(_ message: AlertMessage, at now: Timestamp) -> HTTPRequest {
        let alert = message.alert
        let state = alert.status == .resolved ? "OK" : "ALARM"
        // The SNS subject: at most 100 ASCII characters.
        let subject = "\(state): \"\(OutputSanitizer.line(message.title))\"".unicodeScalars.map { $0.isASCII ? String($0) : "?" }
            .joined()
        let envelope = JSONValue.object([
            "Type": .text("Notification"), "MessageId": .text(Self.messageID(alert)), "TopicArn": .text(Self.topic),
            "Subject": .text(String(subject.prefix(100))), "Message": .text(JSONText(Self.alarm(message, state)).text),
            "Timestamp": .text(alert.at.withMilliseconds), "SignatureVersion": .text("1"), "Signature": .text(""),
            "SigningCertURL": .text(""),
        ])
        return HTTPRequest(
            url, json: JSONText(envelope),
            headers: [
                "Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": "Notification",
                "x-amz-sns-message-id": Self.messageID(alert), "x-amz-sns-topic-arn": Self.topic,
            ])
    }

    /// The account of the topic is unknown.
    private static let topic = "arn:aws:sns:us-east-1:000000000000:advisor"

    /// The alert's id as a UUID.
    private static func messageID(_ alert: Alert) -> String {
        let digits = alert.id.count == 32 && alert.id.allSatisfy(\.isHexDigit) ? alert.id : Fingerprint.of([alert.id])
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    private static func alarm(_ message: AlertMessage, _ state: String) -> JSONValue {
        let alert = message.alert
        return .object([
            "AlarmName": .text(OutputSanitizer.line(alert.key)), "AlarmDescription": .text(OutputSanitizer.line(message.title)),
            "AWSAccountId": .null, "AlarmConfigurationUpdatedTimestamp": .null, "NewStateValue": .text(state),
            "NewStateReason": .text(reason(message, state)), "StateChangeTime": .text(time(alert.at)), "Region": .null,
            "AlarmArn": .null, "OldStateValue": .text(state == "OK" ? "ALARM" : "OK"), "OKActions": .array([]),
            "AlarmActions": .array([]), "InsufficientDataActions": .array([]), "Trigger": trigger(alert),
        ])
    }

    /// The format of CloudWatch: an offset without a colon.
    private static func time(_ time: Timestamp) -> String { time.withMilliseconds.dropLast() + "+0000" }

    private static func reason(_ message: AlertMessage, _ state: String) -> String {
        let summary = OutputSanitizer.line(message.summary)
        guard state == "ALARM", let trigger = message.alert.trigger, let value = trigger.value else { return summary }
        let when = trigger.at.map { " (\(day($0)))" } ?? ""
        let was = comparison(trigger.sign).words
        return
            "Threshold Crossed: \(trigger.toAlarm) out of the last \(trigger.evaluated) datapoints [\(value)\(when)] was \(was) the threshold (\(trigger.threshold)). \(summary)"
    }

    /// `05/11/24 14:23:00`.
    private static func day(_ time: Timestamp) -> String {
        let text = time.description
        let date = text.prefix(10).split(separator: "-")
        guard date.count == 3 else { return text }
        return "\(date[2])/\(date[1])/\(date[0].suffix(2)) \(text.dropFirst(11).prefix(8))"
    }

    private static func comparison(_ sign: String) -> (name: String, words: String) {
        switch sign {
        case ">=": ("GreaterThanOrEqualToThreshold", "greater than or equal to")
        case "<": ("LessThanThreshold", "less than")
        case "<=": ("LessThanOrEqualToThreshold", "less than or equal to")
        default: ("GreaterThanThreshold", "greater than")
        }
    }

    /// If no metric is compared, the values would be invented, so they are null.
    private static func trigger(_ alert: Alert) -> JSONValue {
        guard let trigger = alert.trigger else {
            return .object([
                "MetricName": .text(alert.rule ?? alert.kind.rawValue), "Namespace": .text("advisor"), "Dimensions": .array([]),
                "StatisticType": .null, "Statistic": .null, "Unit": .null, "Period": .null, "EvaluationPeriods": .null,
                "DatapointsToAlarm": .null, "ComparisonOperator": .null, "Threshold": .null, "TreatMissingData": .text("missing"),
                "EvaluateLowSampleCountPercentile": .text(""),
            ])
        }
        let dimensions = trigger.dimension.flatMap { name in
            alert.resource.map { JSONValue.object(["name": .text(name), "value": .text($0)]) }
        }
        return .object([
            "MetricName": .text(trigger.metric), "Namespace": .text(trigger.namespace), "StatisticType": .text("Statistic"),
            "Statistic": .text("AVERAGE"), "Unit": JSONValue(trigger.unit), "Dimensions": .array([dimensions].compactMap { $0 }),
            "Period": .integer(Int(trigger.period.milliseconds / 1000)), "EvaluationPeriods": .integer(trigger.evaluated),
            "DatapointsToAlarm": .integer(trigger.toAlarm), "ComparisonOperator": .text(comparison(trigger.sign).name),
            "Threshold": .number(trigger.threshold), "TreatMissingData": .text("missing"),
            "EvaluateLowSampleCountPercentile": .text(""),
        ])
    }
}

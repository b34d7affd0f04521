import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorNetwork

@Suite("Payloads")
struct PayloadTests {
    static let formats = ReceiverKind.all.map(\.format)

    private static func body(_ message: AlertMessage, _ format: Stack.Receiver.Format) throws -> String {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(format, url: "https://receiver.example/hook/topic", in: folder)
        webhook.path = webhook.path.map { _ in "/var/log/alerts.jsonl" }
        if !webhook.command.isEmpty { webhook.command = ["/usr/bin/page"] }
        let preview = try Sending.sink(webhook, folder).preview(message, at: Sending.now)
        guard format != .email else { return preview.body }
        let json = try JSONSerialization.jsonObject(with: Data(preview.body.utf8))
        let pretty = try JSONSerialization.data(
            withJSONObject: json, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: pretty, as: UTF8.self) + "\n"
    }

    @Test("of an alarm, its end, advice, and a name that means harm", arguments: formats)
    func golden(_ format: Stack.Receiver.Format) throws {
        var advice = Sending.alert(.recommendation)
        (advice.severity, advice.rule, advice.value, advice.threshold) = (.warning, nil, nil, nil)
        advice.content = .rule("move to db.t4g.small", on: "prod-db", says: "Move from db.t4g.micro to db.t4g.small.")
        let parts = [
            ("alarm", Sending.message()), ("resolved", Sending.message(Sending.alert(.resolved))),
            ("advice", Sending.message(advice)), ("hostile", Sending.hostileMessage),
        ]
        let text = try parts.map { "== \($0.0)\n" + (try Self.body($0.1, format)) }.joined(separator: "\n")
        try Golden.expect(text, is: "\(format.rawValue).txt")
    }

    /// Every text in a JSON document, keys included.
    private static func texts(_ value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(texts)
        case let object as [String: Any]: object.flatMap { [$0.key] + texts($0.value) }
        default: []
        }
    }

    private static func json(_ message: AlertMessage, _ format: Stack.Receiver.Format) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(try body(message, format).utf8))
    }

    @Test(
        "a hostile name moves no terminal and mentions no user",
        arguments: [Stack.Receiver.Format.slack, .discord, .teams, .pagerduty, .ntfy, .alertmanager, .alertmanagerWebhook])
    func hostile(_ format: Stack.Receiver.Format) throws {
        for text in Self.texts(try Self.json(Sending.hostileMessage, format)) {
            #expect(
                !text.unicodeScalars.contains {
                    $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E || (0x7F...0x9F).contains($0.value)
                })
            if format == .discord || format == .teams { #expect(!text.contains("<@U123>") && !text.contains(" *b*")) }
        }
        if format == .discord, let message = try Self.json(Sending.hostileMessage, format) as? [String: Any] {
            #expect((message["allowed_mentions"] as? [String: [String]]) == ["parse": []])
        }
        if format == .slack, let message = try Self.json(Sending.hostileMessage, format) as? [String: Any] {
            #expect(message["text"] as? String == OutputSanitizer.slack("[CRITICAL] " + OutputSanitizer.line(Sending.hostile)))
            // Markup is read only in what says that it is markup.
            let blocks = message["blocks"] as? [[String: Any]] ?? []
            #expect(blocks.count == 5)
            for block in blocks {
                if let text = block["text"] as? [String: Any] { #expect(text["type"] as? String == "plain_text") }
                for field in block["fields"] as? [[String: Any]] ?? [] {
                    #expect(!(field["text"] as? String ?? "").contains("<"))
                }
            }
        }
    }

    /// An alert with too much of everything.
    private static var huge: AlertMessage {
        var alert = Sending.alert()
        let long = String(repeating: "é😀<x> ", count: SlowTests.size(4000, quick: 700))
        (alert.resource, alert.key, alert.project) = (long, "rds-cpu-high/" + long, long)
        alert.reasons = (0..<SlowTests.size(400, quick: 40)).map {
            Alert.Reason(rule: "r\($0)", content: .rule(long), cite: long)
        }
        var message = Sending.message(alert)
        (message.title, message.summary) = ("a" + String(repeating: "\u{301}", count: 9000), long)
        (message.value, message.fields[0].text) = (long, long)
        return message
    }

    @Test(
        "too much of everything stays within the limits", arguments: formats.filter { ![.email, .command, .file].contains($0) })
    func limits(_ format: Stack.Receiver.Format) throws {
        let json = try Self.json(Self.huge, format)
        let size = try JSONSerialization.data(withJSONObject: json).count
        let message = json as? [String: Any] ?? [:]
        func length(_ text: Any?) -> Int { (text as? String)?.utf16.count ?? 0 }
        switch format {
        case .standard: #expect(size < 20_000)
        case .slack:
            let blocks = message["blocks"] as? [[String: Any]] ?? []
            #expect(blocks.count <= 50)
            #expect(length((blocks.first?["text"] as? [String: Any])?["text"]) <= 150)
            for block in blocks {
                #expect(length((block["text"] as? [String: Any])?["text"]) <= 3000)
                let fields = block["fields"] as? [[String: Any]] ?? []
                #expect(fields.count <= 10 && fields.allSatisfy { length($0["text"]) <= 2000 })
            }
            #expect(Self.texts(blocks).map(\.utf16.count).reduce(0, +) < 13_000)
        case .discord:
            let embed = (message["embeds"] as? [[String: Any]])?.first ?? [:]
            #expect(length(embed["title"]) <= 256 && length(embed["description"]) <= 4096)
            let fields = embed["fields"] as? [[String: Any]] ?? []
            #expect(fields.count <= 25 && fields.allSatisfy { length($0["value"]) <= 1024 })
            #expect(Self.texts(embed).map(\.utf16.count).reduce(0, +) <= 6000)
        case .teams: #expect(size <= 28_000)
        case .pagerduty:
            #expect(size <= 512_000)
            #expect(((message["payload"] as? [String: Any])?["summary"] as? String ?? "").unicodeScalars.count <= 1024)
            #expect(length(message["dedup_key"]) <= 255)
        case .ntfy: #expect((message["message"] as? String ?? "").utf8.count <= 4096)
        case .sns: #expect(length(message["Subject"]) <= 100)
        default: #expect(size > 0)
        }
    }

    @Test(
        "of several rules on one resource, each is an alert to Alertmanager",
        arguments: [Stack.Receiver.Format.alertmanager, .alertmanagerWebhook])
    func byRule(_ format: Stack.Receiver.Format) throws {
        var alert = Sending.alert()
        var (first, second) = (
            Alert.Reason(rule: "cpu", content: .rule("CPU is high")), Alert.Reason(rule: "storage", content: .rule("it is full"))
        )
        (first.startsAt, first.endsAt) = (Sending.now - .seconds(600), Sending.now)
        second.startsAt = Sending.now - .seconds(300)
        (alert.rule, alert.reasons) = (nil, [first, second])
        let json = try Self.json(Sending.message(alert), format)
        let entries = (json as? [[String: Any]]) ?? (json as? [String: Any])?["alerts"] as? [[String: Any]] ?? []
        #expect(entries.map { ($0["labels"] as? [String: String])?["alertname"] } == ["Cpu", "Storage"])
        #expect(entries.map { $0["startsAt"] as? String } == ["2027-01-15T07:50:00Z", "2027-01-15T07:55:00Z"])
        #expect(entries.first?["endsAt"] as? String == "2027-01-15T08:00:00Z", "one is over, the other stands")
        #expect(entries.last?["endsAt"] as? String == (format == .alertmanager ? "2027-01-15T09:00:00Z" : "0001-01-01T00:00:00Z"))
    }

    @Test("trigger and resolve have one key, firing and resolved the same labels")
    func folding() throws {
        for format in [Stack.Receiver.Format.pagerduty, .alertmanagerWebhook] {
            let both = try [Alert.Kind.alarm, .resolved].map {
                try Self.json(Sending.message(Sending.alert($0)), format) as? [String: Any] ?? [:]
            }
            for key in ["dedup_key", "groupKey", "commonLabels"] {
                #expect(both[0][key].map { "\($0)".sorted() } == both[1][key].map { "\($0)".sorted() })
            }
        }
        let labels = PrometheusLabels(Sending.message()).labels
        #expect(labels == PrometheusLabels(Sending.message(Sending.alert(.resolved))).labels)
        #expect(labels["alertname"] == "RdsCpuHigh")
    }

    @Test("an e-mail's lines are short, and no header but ours is in it")
    func email() throws {
        for message in [Sending.message(), Sending.hostileMessage, Self.huge] {
            let mail = try Self.body(message, .email)
            let lines = mail.components(separatedBy: "\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
            let head = lines.prefix { !$0.isEmpty }
            let names = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
            #expect(
                names == [
                    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "MIME-Version",
                    "Content-Type", "Content-Transfer-Encoding",
                ])
        }
    }
}

import AdvisorCore
import Testing

@Suite("Routing to receivers")
struct ReceiverTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var isNotified: Bool
        var change: @Sendable (inout Stack.Receiver, inout Alert) -> Void
        var testDescription: String { name }
        init(_ name: String, _ isNotified: Bool, _ change: @escaping @Sendable (inout Stack.Receiver, inout Alert) -> Void) {
            (self.name, self.isNotified, self.change) = (name, isNotified, change)
        }
    }

    static let cases = [
        Case("everything, when nothing is said", true) { _, _ in },
        Case("its severity", true) { webhook, _ in webhook.severities = [.warning, .critical] },
        Case("not another severity", false) { webhook, _ in webhook.severities = [.critical] },
        Case("its stage", true) { webhook, _ in webhook.stages = [.launch] },
        Case("not another stage", false) { webhook, _ in webhook.stages = [.growth] },
        Case("a stack that says no stage", true) { webhook, alert in (webhook.stages, alert.stage) = ([.growth], nil) },
        Case("its resource", true) { webhook, _ in webhook.resources = ["db"] },
        Case("not another resource", false) { webhook, _ in webhook.resources = ["other"] },
        Case("its rule", true) { webhook, _ in webhook.rules = ["cpu"] },
        Case("not another rule", false) { webhook, _ in webhook.rules = ["storage"] },
        Case("a rule among the reasons", true) { webhook, alert in
            webhook.rules = ["storage"]
            (alert.rule, alert.reasons) = (nil, [Alert.Reason(rule: "storage", content: .recommended(rule: "storage"))])
        },
        Case("a failed run, whatever the resource", true) { webhook, alert in
            (webhook.resources, webhook.rules) = (["other"], ["storage"])
            (alert.kind, alert.resource, alert.rule) = (.runFailed, nil, nil)
        },
        Case("no advice, where it would open an incident", false) { webhook, alert in
            (webhook.format, alert.kind) = (.pagerduty, .recommendation)
        },
        Case("a failed run of its severity only", false) { webhook, alert in
            (webhook.severities, alert.kind) = ([.critical], .runFailed)
        },
    ]

    @Test("which receivers are notified", arguments: cases)
    func takes(_ row: Case) {
        var webhook = Stack.Receiver(name: "team", format: .slack)
        var alert = Alert(
            id: "a", kind: .alarm, severity: .warning, key: "cpu/db", content: .test(receiver: "team"),
            at: Timestamp(seconds: 0), startsAt: Timestamp(seconds: 0))
        (alert.rule, alert.resource, alert.stage) = ("cpu", "db", .launch)
        row.change(&webhook, &alert)
        #expect(webhook.takes(alert) == row.isNotified)
    }
}

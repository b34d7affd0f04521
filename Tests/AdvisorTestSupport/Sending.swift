package import AdvisorCore
import AdvisorFormats
package import AdvisorNetwork
import Foundation

/// What the tests of the network send, and with what.
package enum Sending {
    package static let now = Timestamp(seconds: 1_800_000_000)  // 2027-01-15T08:00:00Z
    package static let signingKey = "whsec_" + Data((0..<32).map { UInt8($0 &* 7 &+ 3) }).base64EncodedString()
    package static let routingKey = "R0123456789ABCDEF0123456789ABCDEF"
    /// What no name of a metric should do to anybody.
    package static let hostile =
        "db<!channel>@everyone <@U123> \"},{ `code` *b* _i_ [x](http://evil) \u{1B}[31m\u{202E}\r\nBcc: a@b\0 | \\ é😀"

    package static func alert(_ kind: Alert.Kind = .alarm, id: String = "0123456789abcdef0123456789abcdef") -> Alert {
        var alert = Alert(
            id: id, kind: kind, severity: .critical, key: "rds-cpu-high/prod-db",
            content: .rule(
                "CPU above 80 % for 15 min", on: "prod-db", says: "CPU 84.2 % is above the limit of 80 % for 15 min."),
            at: now, startsAt: now - .seconds(900))
        if kind == .resolved { alert.endsAt = now }
        (alert.rule, alert.resource, alert.resourceKind) = ("rds-cpu-high", "prod-db", .database)
        (alert.project, alert.stage) = ("DualTetraX", .launch)
        (alert.value, alert.threshold) = (.measured(quantity: .ratio(0.842)), .measured(quantity: .ratio(0.8)))
        (alert.monthlyBefore, alert.monthlyAfter) = (Money(text: "13.98"), Money(text: "25.66"))
        alert.reasons = [Alert.Reason(rule: "rds-cpu-high", content: .rule("CPU", says: "CPU 84.2 % > 80 %"), cite: "guide 3.2")]
        return alert
    }

    package static var hostileAlert: Alert {
        var alert = alert()
        (alert.content, alert.resource, alert.project) = (.rule(hostile, on: hostile, says: hostile), hostile, hostile)
        alert.key = "rds-cpu-high/" + hostile
        alert.reasons = [Alert.Reason(rule: "rds-cpu-high", content: .rule(hostile), cite: hostile)]
        return alert
    }

    /// The hostile alert with a value that is no number.
    package static var hostileMessage: AlertMessage {
        var message = message(hostileAlert)
        (message.title, message.value, message.fields[0].text) = (hostile, hostile, "\(hostile) (limit 80 %)")
        return message
    }

    package static func message(_ alert: Alert = alert()) -> AlertMessage { AlertMessage(alert, in: Languages.english) }

    /// A webhook of that format, complete with secrets in a folder.
    package static func webhook(
        _ format: Stack.Receiver.Format, url: String, in folder: TemporaryFolder, name: String? = nil
    ) throws -> Stack.Receiver {
        let name = name ?? format.rawValue
        var webhook = Stack.Receiver(name: name, format: format)
        webhook.allowsPrivate = true
        if format.url != .meaningless {
            _ = try folder.write(url + "\n", to: "\(name).url")
            webhook.url = .file("\(name).url")
        }
        if format.secret != .meaningless {
            _ = try folder.write(format == .standard ? signingKey : routingKey, to: "\(name).key")
            webhook.secrets = [.file("\(name).key")]
        }
        switch format {
        case .email:
            (webhook.to, webhook.from) = (["team@example.com"], "advisor@example.com")
            webhook.command = ["/bin/sh", "-c", "cat > \(folder.url.path)/\(name).out"]
        case .command: webhook.command = ["/bin/sh", "-c", "cat > \(folder.url.path)/\(name).out"]
        case .file: webhook.path = "\(name).out"
        default: break
        }
        return webhook
    }

    package static func reader(_ folder: TemporaryFolder) -> SecretReader {
        SecretReader(folder: folder.url.path, environment: ["PATH": "/usr/bin:/bin"])
    }

    package static func sink(_ webhook: Stack.Receiver, _ folder: TemporaryFolder) throws -> any Sink {
        try SinkFactory(stack: Stack(), reader: reader(folder)).sink(webhook)
    }

    /// The words or the failure of one delivery.
    package static func deliver(
        _ message: AlertMessage = message(), by webhook: Stack.Receiver, _ folder: TemporaryFolder,
        within deadline: Duration = .seconds(5)
    ) throws -> Result<String, DeliveryFailure> {
        let sink = try sink(webhook, folder)
        do { return .success(try sink.deliver(message, at: now, within: deadline)) } catch { return .failure(error) }
    }
}

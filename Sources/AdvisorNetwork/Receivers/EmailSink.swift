internal import AdvisorCore
internal import Foundation

/// An e-mail, passed to the system's `sendmail` or a replacement.
struct EmailSink: Sink {
    private let setup: SinkContext
    private let process: ChildProcess
    private static let sendmail = ["/usr/sbin/sendmail", "-t", "-i"]

    init(_ setup: SinkContext) throws(SecretFailure) {
        self.setup = setup
        for address in setup.webhook.to + [setup.webhook.from].compactMap({ $0 }) where !Self.isAddress(address) {
            throw SecretFailure(problem: "'\(OutputSanitizer.line(address))' is not an e-mail address such as team@example.com")
        }
        guard !setup.webhook.to.isEmpty else { throw SecretFailure(problem: "'to' is empty") }
        let command = setup.webhook.command
        process = ChildProcess(command: command.isEmpty ? Self.sendmail : command, environment: setup.environment)
    }

    func deliver(_ message: AlertMessage, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> String {
        try process.deliver(Data(mail(message, at: now).utf8), within: deadline, setup.redaction)
    }

    func preview(_ message: AlertMessage, at now: Timestamp) -> SinkPreview {
        SinkPreview(target: setup.webhook.to.joined(separator: ", "), body: mail(message, at: now))
    }

    /// An address without header injection: one `@`, and no white space, control characters or separators.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.hasPrefix("-")
            && text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !",;:<>()[]\\\"".unicodeScalars.contains($0)
            }
    }

    /// RFC 5322 with MIME; lines end as in the system, since `sendmail` converts them for SMTP.
    private func mail(_ message: AlertMessage, at now: Timestamp) -> String {
        let text = MessageText(message.bounded)
        let alert = message.alert
        let thread = Fingerprint.of([alert.key])
        var headers = ["To: \(setup.webhook.to.joined(separator: ",\n "))"]
        if let from = setup.webhook.from { headers.insert("From: advisor <\(from)>", at: 0) }
        headers += [
            "Subject: \(MailText.header(TextLimit.characters(200).cut(text.headline), after: 9))", "Date: \(MailText.date(now))",
            // The same on every attempt, so that duplicates can be recognized; the thread connects alarm and resolved.
            "Message-ID: <\(alert.id)@advisor.invalid>", "In-Reply-To: <\(thread)@advisor.invalid>",
            "References: <\(thread)@advisor.invalid>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
        ]
        let body = text.plain.split(separator: "\n", omittingEmptySubsequences: false).map {
            MailText.quotedPrintable(String($0))
        }
        return headers.joined(separator: "\n") + "\n\n" + body.joined(separator: "\n") + "\n"
    }
}

/// Encodings of e-mail.
enum MailText {
    /// Encoded words of UTF-8 in base64 for anything but printable ASCII (RFC 2047); one per line, at most 75 characters
    /// each.
    static func header(_ text: String, after used: Int) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) } && !text.contains("=?")
        if isPlain, text.utf8.count + used <= 76 { return text }
        var words: [String] = []
        var part = ""
        for scalar in text.unicodeScalars {
            if part.utf8.count + String(scalar).utf8.count > 42 {
                words.append(part)
                part = ""
            }
            part.unicodeScalars.append(scalar)
        }
        words.append(part)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    /// One line as quoted-printable (RFC 2045), in lines of at most 76.
    static func quotedPrintable(_ line: String) -> String {
        var lines: [String] = []
        var current = ""
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let isPlain = (33...126).contains(byte) && byte != 61 || byte == 32 && !isLast
            // A line with a single dot, or one that begins like a mailbox separator, is escaped.
            let isTrap = current.isEmpty && (byte == 46 || byte == 70)
            let piece = isPlain && !isTrap ? String(UnicodeScalar(byte)) : "=" + hex(byte)
            if current.utf8.count + piece.utf8.count > 75 {
                lines.append(current + "=")
                current = ""
            }
            current += piece
        }
        return (lines + [current]).joined(separator: "\n")
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    /// `Mon, 23 Nov 2026 02:40:55 +0000`.
    static func date(_ time: Timestamp) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: Date(timeIntervalSince1970: Double(time.milliseconds) / 1000))
    }
}

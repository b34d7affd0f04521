public import AdvisorCore
internal import Foundation

/// The secrets of a stack: no program that a run starts inherits them, and no message shows them.
public struct StackSecrets: Sendable {
    /// Environment variables that hold one.
    let variables: Set<String>
    let redaction: Redaction
    private let environment: [String: String]

    /// Reads the secrets; one that cannot be read now is not known, and hidden nowhere.
    public init(_ stack: Stack, reader: SecretReader) {
        let urls = (stack.webhooks.map(\.url) + [stack.heartbeat?.url]).compactMap { $0 }
        let keys = stack.webhooks.flatMap(\.secrets)
        variables = Set(
            (urls + keys).compactMap { place in
                if case .environment(let name) = place { name } else { nil }
            })
        redaction = Redaction(
            urls: urls.compactMap { try? reader.url($0) },
            secrets: keys.flatMap { (try? reader.secrets($0)) ?? [] })
        environment = reader.environment
    }

    /// The environment variables that a program may see.
    public var inherited: [String: String] { environment.filter { !variables.contains($0.key) } }

    /// The text without secrets.
    public func redacted(_ text: String) -> String { redaction.text(text) }

    /// The end of a longer text without secrets, whole ones and one that was cut at its beginning.
    public func redactedEnd(_ text: String) -> String { redaction.end(text) }
}

/// Removes secrets from text before it is shown, and before it is cut: the rest of a secret is a secret too.
struct Redaction: Hashable, Sendable {
    private let secrets: [String]
    private static let mark = "[secret]"
    /// Parts of paths that are words of a service rather than secrets.
    private static let words: Set<String> = [
        "services", "webhook", "webhooks", "alerts", "workflows", "integration", "integrations", "incoming", "events", "notify",
    ]

    /// Hides URLs except their hosts, and all secrets.
    init(urls: [URL] = [], secrets: [String] = []) {
        var hidden = Set<String>()
        for secret in secrets {
            hidden.insert(secret)
            hidden.insert(secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret)
        }
        for url in urls { hidden.formUnion(Self.secrets(of: url)) }
        self.init(hiding: hidden)
    }

    private init(hiding texts: Set<String>) {
        // As JSON may write it.
        let escaped = texts.filter { $0.contains("/") }.map { $0.replacingOccurrences(of: "/", with: "\\/") }
        let all = texts.union(escaped).filter { $0.count >= 4 }
        // Longest first: a secret that contains another is hidden completely.
        secrets = all.sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// Hides what either hides.
    func union(_ other: Redaction) -> Redaction { Redaction(hiding: Set(secrets).union(other.secrets)) }

    /// What of a URL is secret: all of it, and each part but the host, as it is written and as it is sent.
    private static func secrets(of url: URL) -> Set<String> {
        var hidden: Set<String> = [url.absoluteString]
        guard let parts = URLComponents(url: url, resolvingAgainstBaseURL: false) else { return hidden }
        for part in [
            parts.user, parts.percentEncodedUser, parts.password, parts.percentEncodedPassword, parts.path,
            parts.percentEncodedPath, parts.query, parts.percentEncodedQuery, parts.fragment,
        ] {
            if let part { hidden.insert(part) }
        }
        hidden.formUnion((url.pathComponents).filter { $0.count >= 6 && !words.contains($0.lowercased()) })
        for item in (parts.queryItems ?? []) + (parts.percentEncodedQueryItems ?? []) {
            guard let value = item.value, !value.isEmpty else { continue }
            // A short value alone would hide words of the message.
            hidden.formUnion([value, "\(item.name)=\(value)"])
        }
        if let user = parts.user {
            let pair = "\(user):\(parts.password ?? "")"
            hidden.formUnion([pair, Data(pair.utf8).base64EncodedString()])
        }
        return hidden
    }

    func text(_ text: String) -> String {
        secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: Self.mark) }
    }

    /// The beginning of a text that was cut, perhaps within a secret.
    func beginning(_ text: String) -> String { String(self.text(text).dropLast(longest)) }

    /// The end of a text that was cut, perhaps within a secret.
    func end(_ text: String) -> String { String(self.text(text).dropFirst(longest)) }

    private var longest: Int { secrets.first?.count ?? 0 }

    func failure(_ failure: DeliveryFailure) -> DeliveryFailure {
        switch failure {
        case .retryable(let reason, let after): .retryable(reason: text(reason), after: after)
        case .permanent(let reason): .permanent(reason: text(reason))
        case .gone(let reason): .gone(reason: text(reason))
        }
    }

    /// Scheme and host: `https://hooks.slack.com/…`.
    static func shown(_ url: URL) -> String {
        "\(url.scheme ?? "https")://\(url.host() ?? "?")\(url.port.map { ":\($0)" } ?? "")/…"
    }
}

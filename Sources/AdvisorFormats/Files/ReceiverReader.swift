internal import AdvisorCore

// Reads the receivers: `webhooks:` and `heartbeat:` of advisor.yaml.
extension StackReader {
    private typealias Format = Stack.Receiver.Format

    private static let urls = ["url_file", "url_env", "url_credential"]
    private static let secrets = ["secret_file", "secret_env", "secret_credential"]
    /// Keys that would contain the secret itself, and the key to use instead.
    private static let exposed = ["url": urls, "secret": secrets, "token": secrets, "routing_key": secrets]
    private static let routing = ["severities", "stages", "resources", "rules"]
    private static let webhookKeys =
        ["name", "format"] + urls + secrets + ["command", "path", "to", "from", "expires_after", "allow_private"] + routing

    func webhooks(_ value: YAMLValue) -> [Stack.Receiver] {
        var result: [Stack.Receiver] = []
        for value in value.elements("a list of webhooks") {
            guard let webhook = webhook(value) else { continue }
            if result.contains(where: { $0.name == webhook.name }) {
                value.fail("the webhook '\(webhook.name)' stands twice; keep one, or give it another name")
            } else {
                result.append(webhook)
            }
        }
        return result
    }

    func heartbeat(_ value: YAMLValue) -> Stack.Heartbeat? {
        guard let mapping = value.mapping(Self.urls + ["allow_private", "url"], "a heartbeat") else { return nil }
        refuseSecrets(mapping)
        guard let url = url(mapping, isNeeded: true) else { return nil }
        return Stack.Heartbeat(url: url, allowsPrivate: mapping["allow_private"]?.boolean() ?? false)
    }

    private func webhook(_ value: YAMLValue) -> Stack.Receiver? {
        let known = Self.webhookKeys + Self.exposed.keys.sorted()
        guard let mapping = value.mapping(known, "a webhook") else { return nil }
        refuseSecrets(mapping)
        let name = mapping.required("name").flatMap(name)
        let format = mapping["format"].map { $0.choice(Format.self) } ?? .standard
        var webhook = Stack.Receiver(name: name ?? "", format: format ?? .standard)
        webhook.url = url(mapping, isNeeded: (format ?? .file).url == .required)
        webhook.secrets = Self.secrets.flatMap { key in mapping[key].map { places($0, key) } ?? [] }
        webhook.command = mapping["command"]?.strings() ?? []
        webhook.path = mapping["path"]?.string()
        webhook.to = mapping["to"].map { $0.list == nil ? [$0.string()].compactMap { $0 } : $0.strings() } ?? []
        webhook.from = mapping["from"]?.string()
        if let length = mapping["expires_after"]?.duration() { webhook.expiresAfter = length }
        webhook.allowsPrivate = mapping["allow_private"]?.boolean() ?? false
        webhook.severities = Set((mapping["severities"]?.elements() ?? []).compactMap { $0.choice(Severity.self) })
        webhook.stages = Set((mapping["stages"]?.elements() ?? []).compactMap { $0.choice(Stage.self)?.rawValue })
        webhook.resources = Set(mapping["resources"]?.strings() ?? [])
        webhook.rules = Set(mapping["rules"]?.strings() ?? [])
        if let format { check(mapping, format) }
        return name == nil || format == nil ? nil : webhook
    }

    private func name(_ value: YAMLValue) -> String? {
        value.read("a name without line breaks") { text in
            text.isEmpty || text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? nil : text
        }
    }

    private func refuseSecrets(_ mapping: YAMLMapping) {
        for (secret, places) in Self.exposed {
            mapping.values[secret]?.fail(
                "'\(secret)' would be a secret in this file; name where it is: \(places.joined(separator: ", "))")
        }
    }

    private func url(_ mapping: YAMLMapping, isNeeded: Bool) -> Stack.SecretPlace? {
        let given = Self.urls.filter { mapping.values[$0] != nil }
        if given.count > 1 {
            mapping.whole.fail("\(given.map { "'\($0)'" }.joined(separator: " and ")) both name the URL; keep one")
        }
        if isNeeded, given.isEmpty, mapping.values["url"] == nil {
            mapping.whole.fail("the URL is missing; name where it is: \(Self.urls.joined(separator: ", "))")
        }
        let places = given.compactMap { key in mapping[key].flatMap { $0.string() }.map { Self.place(key, $0) } }
        return places.first
    }

    /// One name, or a list of names during a rotation.
    private func places(_ value: YAMLValue, _ key: String) -> [Stack.SecretPlace] {
        let names = value.list == nil ? [value.string()].compactMap { $0 } : value.strings()
        return names.map { Self.place(key, $0) }
    }

    private static func place(_ key: String, _ name: String) -> Stack.SecretPlace {
        if key.hasSuffix("_file") { return .file(name) }
        return key.hasSuffix("_env") ? .environment(name) : .credential(name)
    }

    /// Reports missing and superfluous keys of a format.
    private func check(_ mapping: YAMLMapping, _ format: Format) {
        var meaningless: [String] = []
        if format.url == .meaningless { meaningless += Self.urls }
        switch format.secret {
        case .required where Self.secrets.allSatisfy { mapping.values[$0] == nil }:
            mapping.whole.fail("'\(format.rawValue)' needs a key; name where it is: \(Self.secrets.joined(separator: ", "))")
        case .allowed
        where format == .standard && mapping.values["format"] != nil && Self.secrets.allSatisfy { mapping.values[$0] == nil }:
            mapping.whole.remark("without a secret nothing is signed; name where it is: \(Self.secrets.joined(separator: ", "))")
        case .required, .allowed: break
        case .meaningless: meaningless += Self.secrets
        }
        let owners: [(key: String, isKnown: Bool, isNeeded: Bool)] = [
            ("command", format == .command || format == .email, format == .command),
            ("path", format == .file, format == .file), ("to", format == .email, format == .email),
            ("from", format == .email, false), ("expires_after", format == .alertmanager, false),
        ]
        for (key, isKnown, isNeeded) in owners {
            if !isKnown { meaningless.append(key) }
            if isNeeded, mapping.values[key] == nil { mapping.whole.fail("'\(key)' is missing") }
        }
        for key in meaningless {
            mapping.values[key]?.fail("'\(key)' says nothing to the format '\(format.rawValue)'; leave it out")
        }
    }
}

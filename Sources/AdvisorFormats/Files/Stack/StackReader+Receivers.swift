internal import AdvisorCore

// Reads the receivers: `webhooks:` and `heartbeat:` of advisor.yaml.
extension StackReader {
    private typealias Format = Stack.Receiver.Format

    private static let urls = Section.urls.map(\.name)
    private static let secrets = Section.secrets.map(\.name)
    func webhooks(_ value: YAMLValue) -> [Stack.Receiver] {
        var result: [Stack.Receiver] = []
        for value in value.elements("a list of webhooks") {
            guard let webhook = webhook(value) else { continue }
            if result.contains(where: { $0.name == webhook.name }) {
                value.fail("duplicate webhook '\(webhook.name)'")
            } else {
                result.append(webhook)
            }
        }
        return result
    }

    func heartbeat(_ value: YAMLValue) -> Stack.Heartbeat? {
        guard let mapping = value.mapping(.heartbeat) else { return nil }
        guard let url = url(mapping, isNeeded: true) else { return nil }
        return Stack.Heartbeat(url: url, allowsPrivate: mapping["allow_private"]?.boolean() ?? false)
    }

    private func webhook(_ value: YAMLValue) -> Stack.Receiver? {
        guard let mapping = value.mapping(.webhook) else { return nil }
        let name = mapping["name"].flatMap(name)
        let format = mapping["format"].map { $0.choice(Format.self) } ?? .standard
        var webhook = Stack.Receiver(name: name ?? "", format: format ?? .standard)
        webhook.url = url(mapping, isNeeded: (format ?? .file).url == .required)
        webhook.secrets = Self.secrets.flatMap { key in mapping[key].map { places($0, key) } ?? [] }
        webhook.command = mapping["command"]?.strings() ?? []
        webhook.path = mapping["path"]?.string()
        webhook.to = mapping["to"]?.oneOrMore() ?? []
        webhook.from = mapping["from"]?.string()
        if let length = mapping["expires_after"]?.duration() { webhook.expiresAfter = length }
        webhook.allowsPrivate = mapping["allow_private"]?.boolean() ?? false
        webhook.severities = Set((mapping["severities"]?.elements() ?? []).compactMap { $0.choice(Severity.self) })
        webhook.stages = Set((mapping["stages"]?.elements() ?? []).compactMap { $0.choice(Stage.self) })
        webhook.resources = Set(mapping["resources"]?.strings() ?? [])
        webhook.rules = Set(mapping["rules"]?.strings() ?? [])
        if let format { check(mapping, format) }
        return name == nil || format == nil ? nil : webhook
    }

    private func name(_ value: YAMLValue) -> String? {
        value.read("name", "one without line breaks") { text in
            text.isEmpty || text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? nil : text
        }
    }

    private func url(_ mapping: YAMLMapping, isNeeded: Bool) -> Stack.SecretPlace? {
        let given = Self.urls.filter { mapping[$0] != nil }
        if given.count > 1 {
            mapping.whole.fail("\(given.map { "'\($0)'" }.joined(separator: " and ")) exclude each other; keep one")
        }
        if isNeeded, given.isEmpty, mapping.values["url"] == nil {
            mapping.whole.fail("the URL is missing; set one of: \(Self.urls.joined(separator: ", "))")
        }
        let places = Self.urls.compactMap { key in mapping[key].flatMap { $0.string() }.map { Self.place(key, $0) } }
        return places.first
    }

    /// One name, or a list of names during a rotation.
    private func places(_ value: YAMLValue, _ key: String) -> [Stack.SecretPlace] {
        value.oneOrMore().map { Self.place(key, $0) }
    }

    private static func place(_ key: String, _ name: String) -> Stack.SecretPlace {
        if key.hasSuffix("_file") { return .file(name) }
        return key.hasSuffix("_env") ? .environment(name) : .credential(name)
    }

    /// Notes missing keys that a format needs, and keys without effect on it.
    private func check(_ mapping: YAMLMapping, _ format: Format) {
        var meaningless: [String] = []
        if format.url == .meaningless { meaningless += Self.urls }
        switch format.secret {
        case .required where Self.secrets.allSatisfy { mapping.values[$0] == nil }:
            mapping.whole.fail("'\(format.rawValue)' needs a key; set one of: \(Self.secrets.joined(separator: ", "))")
        case .allowed
        where format == .standard && mapping.values["format"] != nil && Self.secrets.allSatisfy { mapping.values[$0] == nil }:
            mapping.whole.remark("without a secret nothing is signed; set one of: \(Self.secrets.joined(separator: ", "))")
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
            mapping.values[key]?.fail("'\(key)' has no effect with format '\(format.rawValue)'; remove it")
        }
    }
}

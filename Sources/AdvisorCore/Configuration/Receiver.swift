extension Stack {
    /// A receiver of alerts, and which alerts it gets.
    public struct Receiver: Hashable, Sendable {
        /// The format of the messages.
        public enum Format: String, CaseIterable, Sendable {
            /// Standard Webhooks, signed.
            case standard
            case slack, discord, teams, pagerduty
            /// Alertmanager's `/api/v2/alerts`.
            case alertmanager
            /// The format that Alertmanager posts to webhook receivers.
            case alertmanagerWebhook = "alertmanager-webhook"
            case cloudevents, ntfy
            /// The JSON of a CloudWatch alarm in an SNS envelope.
            case sns
            /// E-mail through the system's `sendmail`.
            case email
            /// A program that reads JSON.
            case command
            /// A file of JSON lines.
            case file

            /// Whether the receiver keeps the state of alerts, so that an end says something only after a beginning.
            public var keepsState: Bool {
                switch self {
                case .pagerduty, .alertmanager, .alertmanagerWebhook, .sns: true
                case .standard, .slack, .discord, .teams, .cloudevents, .ntfy, .email, .command, .file: false
                }
            }

            /// How many of the URL's sources must be given.
            public var url: Need {
                switch self {
                case .standard, .slack, .discord, .teams, .alertmanager, .alertmanagerWebhook, .cloudevents, .ntfy, .sns:
                    .required
                case .pagerduty: .allowed
                case .email, .command, .file: .meaningless
                }
            }

            /// Whether a secret besides the URL is needed: a signing key, a routing key, a bearer token.
            public var secret: Need {
                switch self {
                case .pagerduty: .required
                case .standard, .alertmanager, .alertmanagerWebhook, .cloudevents, .ntfy: .allowed
                case .slack, .discord, .teams, .sns, .email, .command, .file: .meaningless
                }
            }
        }

        /// Whether a key is required, optional or not allowed.
        public enum Need: Sendable { case required, allowed, meaningless }

        /// The name in logs and commands; unique in the file.
        public var name: String
        /// The format.
        public var format: Format
        /// The location of the URL; nil for formats without one, or with a fixed one.
        public var url: SecretPlace?
        /// The locations of the secrets; during a rotation, each one signs.
        public var secrets: [SecretPlace]
        /// The program and its arguments, for `command` and instead of `sendmail`; empty for the default.
        public var command: [String]
        /// The file that `file` appends to.
        public var path: String?
        /// The recipients of an e-mail.
        public var to: [String]
        /// The sender of an e-mail; nil for the system's user.
        public var from: String?
        /// How long Alertmanager keeps an alert that is not re-sent.
        public var expiresAfter: Duration
        /// Whether loopback, private and link-local addresses are allowed.
        public var allowsPrivate: Bool
        /// The severities; empty for all.
        public var severities: Set<Severity>
        /// The stages of the stack; empty for all.
        public var stages: Set<Stage>
        /// The resources; empty for all.
        public var resources: Set<String>
        /// The rules; empty for all.
        public var rules: Set<String>

        /// Creates a receiver of all alerts.
        public init(name: String, format: Format, url: SecretPlace? = nil, secrets: [SecretPlace] = []) {
            (self.name, self.format, self.url, self.secrets) = (name, format, url, secrets)
            (command, path, to, from) = ([], nil, [], nil)
            (expiresAfter, allowsPrivate) = (.seconds(3600), false)
            (severities, stages, resources, rules) = ([], [], [], [])
        }
    }

    /// The location of a secret; the secret itself is never in advisor.yaml.
    public enum SecretPlace: Hashable, Sendable {
        /// A file; relative paths start at the folder of the command.
        case file(String)
        /// An environment variable.
        case environment(String)
        /// A systemd credential.
        case credential(String)
    }

    /// A monitoring service that reports missing runs.
    public struct Heartbeat: Hashable, Sendable {
        /// The location of the URL.
        public var url: SecretPlace
        /// Whether loopback, private and link-local addresses are allowed.
        public var allowsPrivate: Bool

        /// Creates a heartbeat.
        public init(url: SecretPlace, allowsPrivate: Bool = false) { (self.url, self.allowsPrivate) = (url, allowsPrivate) }
    }
}

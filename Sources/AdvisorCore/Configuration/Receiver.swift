extension Stack {
    /// Where alerts go, and which of them.
    public struct Receiver: Hashable, Sendable {
        /// What is sent, and how.
        public enum Format: String, CaseIterable, Sendable {
            /// Standard Webhooks, signed.
            case standard
            case slack, discord, teams, pagerduty
            /// Alertmanager's `/api/v2/alerts`.
            case alertmanager
            /// What Alertmanager itself posts to its webhook receivers.
            case alertmanagerWebhook = "alertmanager-webhook"
            case cloudevents, ntfy
            /// CloudWatch's alarm JSON in the envelope of SNS.
            case sns
            /// Through the system's `sendmail`.
            case email
            /// A program that reads JSON.
            case command
            /// A file of JSON lines.
            case file

            /// How many of the URL's places must be named.
            public var url: Need {
                switch self {
                case .standard, .slack, .discord, .teams, .alertmanager, .alertmanagerWebhook, .cloudevents, .ntfy, .sns:
                    .required
                case .pagerduty: .allowed
                case .email, .command, .file: .meaningless
                }
            }

            /// Whether a secret besides the URL is needed: signing keys, a routing key, a bearer token.
            public var secret: Need {
                switch self {
                case .pagerduty: .required
                case .standard, .alertmanager, .alertmanagerWebhook, .cloudevents, .ntfy: .allowed
                case .slack, .discord, .teams, .sns, .email, .command, .file: .meaningless
                }
            }
        }

        /// Whether something must be said, may be, or would say nothing.
        public enum Need: Sendable { case required, allowed, meaningless }

        /// Its name in logs and commands; unique in the file.
        public var name: String
        /// What is sent.
        public var format: Format
        /// Where the URL is; nil for formats that have none, or one of their own.
        public var url: SecretPlace?
        /// Where the secrets are: of a rotation, each signs.
        public var secrets: [SecretPlace]
        /// The program and its arguments, for `command` and instead of `sendmail`; empty for the format's own.
        public var command: [String]
        /// The file that `file` appends to.
        public var path: String?
        /// Whom an e-mail goes to.
        public var to: [String]
        /// Whom it comes from; nil for the system's own name of the user.
        public var from: String?
        /// How long Alertmanager holds an alert that is not sent again.
        public var expiresAfter: Duration
        /// Whether loopback, private and link-local addresses may be sent to.
        public var allowsPrivate: Bool
        /// Only these severities; empty for all.
        public var severities: Set<Severity>
        /// Only while the stack is at one of these stages; empty for all.
        public var stages: Set<Stage>
        /// Only of these resources; empty for all.
        public var resources: Set<String>
        /// Only of these rules; empty for all.
        public var rules: Set<String>

        /// An endpoint that takes every alert.
        public init(name: String, format: Format, url: SecretPlace? = nil, secrets: [SecretPlace] = []) {
            (self.name, self.format, self.url, self.secrets) = (name, format, url, secrets)
            (command, path, to, from) = ([], nil, [], nil)
            (expiresAfter, allowsPrivate) = (.seconds(3600), false)
            (severities, stages, resources, rules) = ([], [], [], [])
        }
    }

    /// Where a secret is. The secret itself is never in the stack file.
    public enum SecretPlace: Hashable, Sendable {
        /// A file; a relative path is looked for in the folder of the command.
        case file(String)
        /// An environment variable.
        case environment(String)
        /// A credential of systemd, by its name.
        case credential(String)
    }

    /// Somebody who listens for runs, and calls when none comes.
    public struct Heartbeat: Hashable, Sendable {
        /// Where the URL is.
        public var url: SecretPlace
        /// Whether loopback, private and link-local addresses may be sent to.
        public var allowsPrivate: Bool

        /// A heartbeat by its parts.
        public init(url: SecretPlace, allowsPrivate: Bool = false) { (self.url, self.allowsPrivate) = (url, allowsPrivate) }
    }
}

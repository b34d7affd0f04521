/// What a resource is used for, as declared in advisor.yaml.
///
/// A name that is not listed is kept as it is: rules can compare it, and nothing else is known of it.
public enum DeploymentEnvironment: Hashable, Sendable, RawRepresentable {
    case production, development
    case other(String)

    /// An environment by its name, `prod`.
    public init(rawValue: String) {
        switch rawValue {
        case "prod": self = .production
        case "dev": self = .development
        default: self = .other(rawValue)
        }
    }

    /// The name in advisor.yaml and in rules.
    public var rawValue: String {
        switch self {
        case .production: "prod"
        case .development: "dev"
        case .other(let name): name
        }
    }
}

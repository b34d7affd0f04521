/// Something known about a resource or its stack without samples.
public struct Fact: Hashable, Sendable {
    /// The name in expressions: `tier.max_users`.
    public var name: String
    /// The kind of quantity of its value.
    public var measure: QuantityKind
    /// What it is, and its source.
    public var words: String

    /// The facts of every stack; a vocabulary adds one for each billed usage.
    public static let all: [Fact] =
        [
            Fact(name: "id", measure: .text, words: "The resource's id."),
            Fact(name: "tier", measure: .text, words: "The id of the resource's tier, from advisor.yaml."),
            Fact(name: "tier.rank", measure: .count, words: "The rank of the tier on the upgrade path, from the catalog."),
            Fact(
                name: "tier.max_users", measure: .count,
                words: "The guide's rating of the tier in active users, from the catalog."),
            Fact(name: "tier.memory", measure: .bytes, words: "The tier's memory, from the catalog."),
            Fact(name: "tier.vcpu", measure: .count, words: "The tier's vCPUs, from the catalog."),
            Fact(
                name: "tier.max_connections", measure: .count,
                words: "The tier's maximum number of connections, from the catalog."),
            Fact(name: "engine", measure: .text, words: "The engine family, from advisor.yaml or else from the tier."),
            Fact(name: "engine.version", measure: .text, words: "The engine version, from advisor.yaml."),
            Fact(name: "engine.major", measure: .count, words: "The major version of the engine."),
            Fact(
                name: "extended_support", measure: .boolean,
                words: "Whether Extended Support of the engine's major version is billed now, from the calendar."),
            Fact(
                name: "extended_support.announced", measure: .boolean,
                words: "Whether the calendar has the date of Extended Support of the engine's major version."),
            Fact(
                name: "extended_support.begins_in", measure: .time,
                words: "The time until Extended Support of the engine's major version is billed, from the calendar."),
            Fact(
                name: "allocated_storage", measure: .bytes,
                words: "The allocated storage, from advisor.yaml. What AWS calls GB is GiB."),
            Fact(name: "multi_az", measure: .boolean, words: "Whether a standby runs in a second Availability Zone."),
            Fact(name: "environment", measure: .text, words: "prod or dev, from advisor.yaml."),
            Fact(name: "capacity.min", measure: .count, words: "The minimum capacity in ACU."),
            Fact(name: "capacity.max", measure: .count, words: "The maximum capacity in ACU."),
            Fact(name: "replicas", measure: .count, words: "The number of read replicas, from advisor.yaml."),
            Fact(name: "retention", measure: .time, words: "The retention of a log group."),
            Fact(name: "name", measure: .text, words: "The name of the project."),
            Fact(name: "stage", measure: .text, words: "The stage of the company: mvp, launch or growth."),
            Fact(name: "funding.raised", measure: .money, words: "The funding raised, from advisor.yaml."),
            Fact(name: "funding.round", measure: .text, words: "The funding round: pre-seed, seed, series-a or later."),
            Fact(name: "wants", measure: .list, words: "What the team plans: aws-integration."),
            Fact(name: "services", measure: .list, words: "The ids of the services in advisor.yaml."),
            Fact(name: "budget.monthly", measure: .money, words: "The budget for a calendar month."),
            Fact(name: "nat_gateways", measure: .count, words: "The number of NAT gateways in advisor.yaml."),
            Fact(name: "database_hours", measure: .time, words: "730 hours for each RDS instance in advisor.yaml."),
            Fact(name: "service", measure: .text, words: "The id of the service."),
            Fact(
                name: "expected_monthly_cost", measure: .money,
                words: "The monthly cost that the budget of a service, or else the budget preset, expects."),
        ] + billing

    /// The value of a fact.
    public enum Value: Hashable, Sendable {
        case number(Double)
        case text(String)
        case boolean(Bool)
        case list([String])
    }
}

/// The known facts of one resource by name; absent facts are unknown.
public typealias Facts = [String: Fact.Value]

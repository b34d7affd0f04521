/// Something known of a resource or its stack without any sample.
public struct Fact: Hashable, Sendable {
    /// As expressions name it: `tier.max_users`.
    public var name: String
    /// What it measures.
    public var measure: QuantityKind
    /// What it is and who says so.
    public var words: String

    /// Every fact that expressions may name.
    public static let all: [Fact] =
        [
            Fact(name: "id", measure: .text, words: "The resource's name."),
            Fact(name: "tier", measure: .text, words: "The catalogue's id of the resource's tier, from the stack file."),
            Fact(name: "tier.rank", measure: .count, words: "The tier's place along the path, from the catalogue."),
            Fact(name: "tier.max_users", measure: .count, words: "The guide's rating in active users, from the catalogue."),
            Fact(name: "tier.memory", measure: .bytes, words: "The tier's memory, from the catalogue."),
            Fact(name: "tier.vcpu", measure: .count, words: "The tier's virtual CPUs, from the catalogue."),
            Fact(name: "tier.max_connections", measure: .count, words: "The tier's connections, from the catalogue."),
            Fact(name: "engine", measure: .text, words: "The engine's family, from the stack file, else from the tier."),
            Fact(name: "engine.version", measure: .text, words: "The engine's version, from the stack file."),
            Fact(name: "engine.major", measure: .count, words: "The number that the engine's version begins with."),
            Fact(name: "allocated_storage", measure: .bytes, words: "Storage allocated, from the stack file; AWS's GB are GiB."),
            Fact(name: "multi_az", measure: .boolean, words: "Whether a standby runs in a second zone."),
            Fact(name: "environment", measure: .text, words: "prod or dev, from the stack file."),
            Fact(name: "capacity.min", measure: .count, words: "Aurora capacity units at rest."),
            Fact(name: "capacity.max", measure: .count, words: "Aurora capacity units at most."),
            Fact(name: "replicas", measure: .count, words: "Read replicas, from the stack file."),
            Fact(name: "retention", measure: .time, words: "How long a log group keeps its logs."),
            Fact(name: "name", measure: .text, words: "The project's name."),
            Fact(name: "stage", measure: .text, words: "mvp, launch or growth."),
            Fact(name: "funding.raised", measure: .money, words: "Money raised, from the stack file."),
            Fact(name: "funding.round", measure: .text, words: "pre-seed, seed, series-a or later."),
            Fact(name: "wants", measure: .list, words: "What the team wants: aws-integration."),
            Fact(name: "services", measure: .list, words: "Ids of the services declared in the stack file."),
            Fact(name: "budget.monthly", measure: .money, words: "What may be spent a calendar month."),
            Fact(name: "nat_gateways", measure: .count, words: "NAT gateways declared in the stack file."),
            Fact(name: "database_hours", measure: .time, words: "730 hours for each declared RDS instance."),
            Fact(name: "service", measure: .text, words: "The service's id."),
            Fact(name: "expected_monthly_cost", measure: .money, words: "What the budget's preset expects it to cost a month."),
        ] + billing

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The fact of that name; nil when there is none.
    public static func named(_ name: String) -> Fact? { byName[name] }

    /// What a fact can be.
    public enum Value: Hashable, Sendable {
        case number(Double)
        case text(String)
        case boolean(Bool)
        case list([String])
    }
}

/// The facts known of one resource, by name; what is absent is unknown.
public typealias Facts = [String: Fact.Value]

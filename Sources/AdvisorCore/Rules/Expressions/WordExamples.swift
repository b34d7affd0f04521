extension Fact {
    /// Example values of texts and lists.
    private static let samples = [
        "id": "prod-db", "tier": "db.t4g.micro", "engine": "postgres", "engine.version": "15", "environment": "prod",
        "name": "DualTetraX", "stage": "growth", "funding.round": "seed", "wants": "aws-integration", "services": "nat-gateway",
        "service": "rds",
    ]

    /// An example condition.
    public var example: String {
        let sample = Self.samples[name] ?? "x"
        return switch measure.base {
        case .ratio: "\(name) > 50%"
        case .bytes: "\(name) <= 20GiB"
        case .time: "\(name) > 7d"
        case .money: "\(name) > $50"
        case .count: "\(name) >= 1"
        case .text: "\(name) == \"\(sample)\""
        case .boolean: "\(name) == true"
        case .list: "\"\(sample)\" in \(name)"
        }
    }
}

extension Function {
    /// The name of its kind of quantity.
    public var unit: String {
        if let statistic { return statistic == .count ? QuantityKind.count.words : "the metric's" }
        guard let datapointSeries, let measure = datapointSeries.measure(of: .bytes) ?? datapointSeries.measure(of: .money) else {
            return "the metric's"
        }
        switch measure {
        case .bytes: return "the metric's"
        case .bytes.perTime: return "the metric's, per second"
        case .money: return QuantityKind.money.words
        default: return measure.words
        }
    }
}

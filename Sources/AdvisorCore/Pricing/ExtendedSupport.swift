import Foundation

/// When Extended Support of a major version begins.
public struct ExtendedSupport: Hashable, Sendable {
    /// The engine.
    public var engine: DatabaseEngine
    /// The major version, `13`.
    public var version: String
    /// The first billed day, `2026-03-01`.
    public var from: String
    /// The first day of the third year, when the price increases; nil if unknown.
    public var third: String?

    /// Creates a version.
    public init(engine: DatabaseEngine, version: String, from: String, third: String?) {
        (self.engine, self.version, self.from, self.third) = (engine, version, from, third)
    }

    /// The name for people: `PostgreSQL 13`, `Aurora MySQL 5.7`.
    public var title: String { "\(engine.title) \(version)" }

    /// An hourly charge per vCPU.
    public struct Charge: Hashable, Sendable {
        /// The name of the version, `PostgreSQL 13`.
        public var version: String
        /// The price per vCPU-hour.
        public var price: Price
    }

    /// Its item on a bill.
    var costItem: CostItem { .extendedSupport(version: title) }

    /// The charge at a time; nil before it begins.
    func charge(at now: Timestamp, _ catalog: Catalog) -> Charge? {
        item(at: now).map { id in
            Charge(
                version: title, price: catalog.item(id)?.price ?? Price(usd: nil, source: .notInCatalog, asOf: ""))
        }
    }

    /// The billed item of the catalog at a time; nil before it begins.
    func item(at now: Timestamp) -> String? {
        guard let begin = Timestamp(text: from), now >= begin else { return nil }
        guard let third = third.flatMap({ Timestamp(text: $0) }), now >= third else {
            return RDSInstance.extendedSupportItems.first
        }
        return RDSInstance.extendedSupportItems.third
    }

    /// Whether it begins within a year.
    func isComing(at now: Timestamp) -> Bool {
        guard let begin = Timestamp(text: from) else { return false }
        return begin > now && begin - now <= .seconds(366 * 86_400)
    }

    /// Its monthly cost on a tier at first; nil if unknown.
    func monthlyCost(on tier: Tier?, _ catalog: Catalog) -> Money? {
        guard let vcpu = tier?.vcpu, let price = catalog.item(RDSInstance.extendedSupportItems.first)?.price.usd else {
            return nil
        }
        return Money(price * Decimal(vcpu * Catalog.hoursPerMonth))
    }
}

extension Catalog {
    /// The support dates of the engine's major version; nil if the calendar does not list it.
    func extendedSupport(of engine: EngineVersion?) -> ExtendedSupport? {
        guard let engine, let major = engine.majorVersion else { return nil }
        return extendedSupport.first { $0.engine == engine.engine && $0.version == major }
    }

    /// Whether Extended Support is billed for an engine at a time; false for versions newer than the calendar's, nil if unknown.
    public func isInExtendedSupport(_ engine: EngineVersion?, at now: Timestamp) -> Bool? {
        if let support = extendedSupport(of: engine) { return support.item(at: now) != nil }
        guard let engine, let major = engine.major else { return nil }
        let known = extendedSupport.filter { $0.engine == engine.engine }
            .compactMap { EngineVersion($0.engine, version: $0.version).major }
        return known.max().flatMap { $0 < major ? false : nil }
    }

    /// The newest major version of the calendar that is in standard support, to which an engine is upgraded; nil where there is
    /// none that is newer, or the version is not declared.
    func upgradeTarget(of engine: EngineVersion?, at now: Timestamp) -> EngineVersion? {
        guard let engine, let major = engine.majorVersion else { return nil }
        let present = EngineVersion(engine.engine, version: major)
        let newer = majorVersions(of: engine.engine, at: now).filter { present.isBefore($0.version) && !$0.isBilled }
        return newer.last?.version
    }

    /// The versions of an upgrade, in order: MySQL goes from one major version to the next, PostgreSQL to any newer one.
    func upgradePath(from engine: EngineVersion, to target: EngineVersion) -> [EngineVersion] {
        guard engine.engine == .mysql || engine.engine == .auroraMySQL, let major = engine.majorVersion else { return [target] }
        let present = EngineVersion(engine.engine, version: major)
        let between = majorVersions(of: engine.engine, at: nil).map(\.version).filter {
            present.isBefore($0) && $0.isBefore(target)
        }
        return between + [target]
    }

    /// The major versions of an engine in the calendar, oldest first, and whether Extended Support of each is billed.
    private func majorVersions(of engine: DatabaseEngine, at now: Timestamp?) -> [(version: EngineVersion, isBilled: Bool)] {
        extendedSupport.filter { $0.engine == engine }.map { support in
            (EngineVersion(engine, version: support.version), now.map { support.item(at: $0) != nil } ?? false)
        }.sorted { $0.version.isBefore($1.version) }
    }

    /// The time until Extended Support of an engine is billed; nil if it is billed already, or its begin is unknown.
    public func timeToExtendedSupport(_ engine: EngineVersion?, at now: Timestamp) -> Duration? {
        guard let from = extendedSupport(of: engine).flatMap({ Timestamp(text: $0.from) }), from > now else { return nil }
        return from - now
    }
}

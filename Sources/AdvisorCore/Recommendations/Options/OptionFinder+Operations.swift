import Foundation

// More operations per second, where they are short and known.
extension OptionFinder {
    /// The share of what a volume includes from which it is nearly used up.
    private static let nearlyUsed = 0.9

    /// The cheapest class and volume that sustain the measured operations: a small class sustains less than its volume.
    var moreOperations: ResourceOption? {
        guard isInAlarm([.readOperations, .writeOperations, .diskQueueDepth]), let needed = outlook.operations,
            let size = resource.allocatedStorage, let volume = volume(size, needed), let present
        else { return nil }
        let price = (resource.multiAZ == true ? tier.storageMultiAZ : tier.storage)?.usd
        guard volume == size || price != nil else { return nil }
        let more = Money((price ?? 0) * Decimal(volume - size))
        let operations = catalog.storageShape(of: tier)?.sustainedOperations(size: volume) ?? needed
        if sustains(tier.id, needed) {
            guard volume > size else { return nil }
            return option(.largerVolume(gibibytes: volume, operations: operations), more)
        }
        let larger = recommendation.candidates.filter { candidate in
            catalog.tier(candidate.tier).map { $0.rank > tier.rank && $0.isSibling(of: tier) } == true
                && sustains(candidate.tier, needed) && candidate.projection?.expected != nil
        }
        guard let best = larger.min(by: { $0.expectedAmount < $1.expectedAmount }), let cost = best.projection?.expected else {
            return nil
        }
        let baseline = catalog.shapes.shape(best.tier)?.storageOperations?.baseline ?? operations
        return option(
            .largerClass(tier: best.tier, gibibytes: volume, operations: min(operations, baseline)), cost - present + more)
    }

    private func option(_ kind: ResourceOption.Kind, _ change: Money) -> ResourceOption {
        ResourceOption(
            kind: kind, monthlyChange: change, effort: .minutes, risk: .low,
            source: "Amazon RDS User Guide, DB instance storage (gp3); Amazon EC2, EBS-optimized instances")
    }

    /// Whether a class sustains so many operations; true where its limit is unknown.
    private func sustains(_ id: String, _ needed: Double) -> Bool {
        (catalog.shapes.shape(id)?.storageOperations?.baseline).map { $0 >= needed } ?? true
    }

    /// The size from which the volume includes the operations, the present one where that is enough; nil where none does.
    private func volume(_ size: Double, _ needed: Double) -> Double? {
        guard let shape = catalog.storageShape(of: tier) else { return nil }
        if let own = shape.sustainedOperations(size: size), own * Self.nearlyUsed >= needed { return size }
        return shape.included.first { $0.from > size && $0.operations * Self.nearlyUsed >= needed }?.from
    }
}

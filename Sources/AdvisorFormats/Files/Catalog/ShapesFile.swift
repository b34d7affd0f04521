public import AdvisorCore
internal import Foundation

/// Reads `shapes.yaml`: instance classes, connection limits and storage types.
public enum ShapesFile {
    /// The valid entries, and all errors.
    public static func read(_ text: String, file: String) -> (value: ShapeCatalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        guard let root = reader.root(text)?.mapping(.shapesFile) else { return (ShapeCatalog(), reader.diagnostics) }
        let source = root["source"]?.string() ?? ""
        let asOf = root["as_of"]?.day()?.description ?? ""
        var series: [InstanceSeries] = []
        var shapes: [InstanceShape] = []
        for value in root["series"]?.elements("a list of series") ?? [] {
            guard let mapping = value.mapping(.series) else { continue }
            let id = mapping["id"]?.string()
            let processor = mapping["processor"]?.string()
            let isGraviton = mapping["graviton"]?.boolean()
            let generation = mapping["generation"]?.choice(InstanceSeries.Generation.self)
            let ownSource = mapping["source"]?.string()
            let ownDate = mapping["as_of"]?.day()?.description
            guard let id, let processor, let isGraviton, let generation else { continue }
            series.append(
                InstanceSeries(
                    id: id, processor: processor, isGraviton: isGraviton, generation: generation, source: ownSource ?? source,
                    asOf: ownDate ?? asOf))
            let aurora = mapping["aurora"]
            let isWhole = aurora?.text == "all"
            let auroraSizes = isWhole ? [] : aurora?.strings() ?? []
            for (size, _, value) in mapping["sizes"]?.pairs("a mapping of sizes to shapes") ?? [] {
                guard var shape = shape(value, id: RDSInstance.instanceClass(series: id, size: size), series: id) else {
                    continue
                }
                shape.isInAurora = isWhole || auroraSizes.contains(size)
                shapes.append(shape)
            }
        }
        let connections = (root["connections"]?.elements("a list of limits") ?? []).compactMap(connectionFormula)
        let storage = (root["storage"]?.elements("a list of storage types") ?? []).compactMap(storageType)
        return (
            ShapeCatalog(series: series, shapes: shapes, connections: connections, storage: storage), reader.diagnostics
        )
    }

    private static func shape(_ value: YAMLValue, id: String, series: String) -> InstanceShape? {
        guard let mapping = value.mapping(.shape) else { return nil }
        let vcpu = mapping["vcpu"]?.integer(atLeast: 1)
        let memory = mapping["memory"]?.bytes()
        let credits = mapping["credits"].flatMap { pair($0) }
        let baseline = mapping["baseline"]?.percent()
        let network = mapping["network"].flatMap { pair($0) }
        let bandwidth = mapping["ebs_mbps"].flatMap { pair($0) }
        let operations = mapping["ebs_iops"].flatMap { pair($0) }
        guard let vcpu, let memory else { return nil }
        var shape = InstanceShape(id: id, series: series, vcpu: vcpu, memory: memory)
        if let credits, let baseline {
            shape.credits = Tier.Credits(
                perHour: credits.baseline, maximumBalance: credits.burst, baseline: baseline, surplusPrice: nil)
        }
        (shape.network, shape.storageBandwidth, shape.storageOperations) = (network, bandwidth, operations)
        return shape
    }

    /// `[87, 2085]`: baseline and burst.
    private static func pair(_ value: YAMLValue) -> InstanceShape.Limit? {
        let numbers = value.elements("two numbers such as [87, 2085]").compactMap { $0.number() }
        guard numbers.count == 2 else {
            value.fail("expected two numbers such as [87, 2085]")
            return nil
        }
        return InstanceShape.Limit(baseline: numbers[0], burst: numbers[1])
    }

    private static func connectionFormula(_ value: YAMLValue) -> ConnectionFormula? {
        guard let mapping = value.mapping(.connectionFormula) else { return nil }
        let engine = mapping["engine"]?.string().map(DatabaseEngine.init)
        let source = mapping["source"]?.string()
        let asOf = mapping["as_of"]?.day()?.description
        let divisor = mapping["divisor"]?.number()
        let atMost = mapping["at_most"]?.number()
        let terms = (mapping["logarithms"]?.elements("a list of terms") ?? []).compactMap {
            value -> ConnectionFormula.Logarithm? in
            guard let term = value.mapping(.logarithm) else { return nil }
            let (divisor, factor) = (term["divisor"]?.number(), term["factor"]?.number())
            return divisor.flatMap { divisor in factor.map { .init(divisor: divisor, factor: $0) } }
        }
        guard let engine, let source, let asOf else { return nil }
        if divisor == nil, terms.isEmpty { value.fail("'divisor' is missing") }
        return ConnectionFormula(
            engine: engine, divisor: divisor, atMost: atMost, logarithms: terms, source: source, asOf: asOf)
    }

    private static func storageType(_ value: YAMLValue) -> StorageType? {
        guard let mapping = value.mapping(.storageType) else { return nil }
        let (id, title) = (mapping["id"]?.string(), mapping["title"]?.string())
        let (minimum, maximum) = (mapping["minimum"]?.number(), mapping["maximum"]?.number())
        let (source, asOf) = (mapping["source"]?.string(), mapping["as_of"]?.day()?.description)
        guard let id, let title, let minimum, let maximum, let source, let asOf else { return nil }
        var type = StorageType(id: id, title: title, minimum: minimum, maximum: maximum, source: source, asOf: asOf)
        type.operationsPerGibibyte = mapping["iops_per_gib"]?.number()
        type.leastOperations = mapping["minimum_iops"]?.number()
        type.mostOperations = mapping["maximum_iops"]?.number()
        type.burst = mapping["burst_iops"]?.number()
        type.billsOperations = mapping["bills_iops"]?.boolean() ?? false
        type.billsRequests = mapping["bills_requests"]?.boolean() ?? false
        type.included = (mapping["included"]?.elements("a list of inclusions") ?? []).compactMap(included)
        if let range = mapping["provisioned"]?.mapping(.provisionedOperations) {
            type.provisionedFrom = range["from"]?.number()
            (type.leastOperations, type.mostOperations) = (range["least"]?.number(), range["most"]?.number())
        }
        return type
    }

    private static func included(_ value: YAMLValue) -> StorageType.Included? {
        guard let mapping = value.mapping(.includedPerformance) else { return nil }
        let (from, operations, throughput) = (mapping["from"]?.number(), mapping["iops"]?.number(), mapping["mbps"]?.number())
        guard let from, let operations, let throughput else { return nil }
        return StorageType.Included(from: from, operations: operations, throughput: throughput)
    }
}

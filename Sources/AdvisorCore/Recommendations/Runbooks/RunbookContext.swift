/// The names for the commands of a procedure.
struct RunbookContext {
    let resource: Stack.Resource
    let stack: Stack
    let catalog: Catalog
    /// The maximum capacity in ACU of the new tier; nil for the tier's own.
    var capacity: Double?

    var id: String { resource.id }
    var tier: Tier? { catalog.tier(of: resource) }
    var environment: String {
        let environment: DeploymentEnvironment = resource.environment == .development ? .development : .production
        return environment.rawValue
    }

    /// The id with a suffix, as RDS accepts identifiers, quoted.
    func named(_ suffix: String) -> String { Shell.quoted("\(id)-\(suffix)") }

    /// The Aurora cluster, quoted.
    var cluster: String { Shell.quoted(resource.cluster ?? "\(id)-cluster") }

    var clusterCaution: [Caution] {
        resource.cluster == nil ? [.clusterNotSet] : []
    }

    /// Shows and deploys a change of the code; nil if it is not known what the stack is declared with.
    var deploy: String? {
        switch stack.infrastructureCode {
        case .cdk?: "cdk diff && cdk deploy"
        case .terraform?: "terraform plan -out=change.tfplan && terraform apply change.tfplan"
        case nil: nil
        }
    }

    /// The change of the code, for the tool that the stack is declared with.
    func changes(_ cdk: [Procedure.CodeChange], _ terraform: [Procedure.CodeChange]) -> [Procedure.CodeChange] {
        switch stack.infrastructureCode {
        case .cdk?: cdk
        case .terraform?: terraform
        case nil: []
        }
    }

    /// The command that lists the versions to upgrade to first; nil where the target runs the present version.
    func upgrade(for tier: String) -> Procedure.Command? {
        guard let engine = resource.engine, let version = engine.version, let name = engine.engine.commandLineName,
            let needed = catalog.tier(tier)?.neededVersion(of: engine)
        else { return nil }
        return Procedure.Command(
            "aws rds describe-db-engine-versions --engine \(name) --engine-version \(Shell.quoted(version)) --query 'DBEngineVersions[].ValidUpgradeTarget[].EngineVersion' --output text",
            purpose: .upgradeFirst(needed: needed))
    }

    /// The command that lists the class for the engine and version in the region, or nothing where it is not offered; nil unless
    /// the engine is known.
    func offer(of tier: String) -> Procedure.Command? {
        guard let engine = resource.engine?.engine.commandLineName, InstanceClass(tier) != nil else { return nil }
        let version = resource.engine?.version.map { $0.contains(".") ? " --engine-version \(Shell.quoted($0))" : "" } ?? ""
        let region = (resource.region ?? stack.region).map { " --region \(Shell.quoted($0))" } ?? ""
        return Procedure.Command(
            "aws rds describe-orderable-db-instance-options --engine \(engine)\(version) --db-instance-class \(Shell.quoted(tier))\(region) --query 'OrderableDBInstanceOptions[].EngineVersion' --output text",
            purpose: .checkOffer)
    }
}

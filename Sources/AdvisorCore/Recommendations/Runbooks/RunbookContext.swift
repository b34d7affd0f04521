/// The names for the commands of a procedure.
struct RunbookContext {
    let resource: Stack.Resource
    let stack: Stack
    let catalog: Catalog

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

    /// Deploys the guide's database stack of the environment.
    var deploy: String {
        let name = (stack.name ?? "DualTetraX").filter { $0.isLetter || $0.isNumber }
        return "cdk deploy \(Shell.quoted("\(name)DB-\(environment)")) -c environment=\(environment)"
    }
}

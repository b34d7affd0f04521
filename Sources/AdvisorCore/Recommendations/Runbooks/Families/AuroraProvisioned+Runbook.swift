/// Instances of Aurora change their class as those of RDS do; clusters are those of serverless instances.
extension AuroraProvisioned: FamilyRunbook {
    func changeTier(to target: String, _ context: RunbookContext) -> Procedure { RDSInstance().changeTier(to: target, context) }

    func moveIn(to target: String, _ context: RunbookContext) -> Procedure { AuroraServerless().moveIn(to: target, context) }

    func cluster(createdFor resource: String) -> String? { AuroraServerless().cluster(createdFor: resource) }

    func addReplicas(from first: Int, to last: Int, _ context: RunbookContext) -> Procedure {
        AuroraServerless().addReplicas(from: first, to: last, context)
    }

    func upgradeEngine(to version: EngineVersion?, _ context: RunbookContext) -> Procedure {
        MajorUpgrade(isCluster: true, context: context).procedure(to: version)
    }

    func enableMultiAZ(_ context: RunbookContext) -> Procedure { RDSInstance().enableMultiAZ(context) }
}

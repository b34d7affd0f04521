/// The lines of the guide's CDK code that an action changes.
enum CDK {
    private static let stackFile = "services/infrastructure/lib/database-stack.ts"
    private static let auroraStack = "services/infrastructure/lib/database-stack-aurora.ts"

    static func instance(from: String?, to: String, environment: DeploymentEnvironment?) -> [Procedure.CodeChange] {
        guard let target = InstanceClass(to) else { return [] }
        let (series, size) = (target.series.uppercased(), target.size.uppercased())
        let line = "props.environment === 'prod' ? ec2.InstanceSize.SMALL : ec2.InstanceSize.MICRO"
        let isProd = environment != .development
        var changes: [Procedure.CodeChange] = []
        if isProd, size != "SMALL" {
            changes.append(Procedure.CodeChange(file: stackFile, before: line, after: line.replacing("SMALL", with: size)))
        } else if isProd {
            changes.append(
                Procedure.CodeChange(file: stackFile, before: "ec2.InstanceSize.MICRO", after: "ec2.InstanceSize.\(size)"))
        } else {
            changes.append(Procedure.CodeChange(file: stackFile, before: line, after: line.replacing("MICRO", with: size)))
        }
        if series != "T4G" {
            changes.append(
                Procedure.CodeChange(
                    file: stackFile, before: "ec2.InstanceClass.T4G,", after: "ec2.InstanceClass.\(series),"))
        }
        return changes
    }

    static func storage(from: String?, to: String) -> [Procedure.CodeChange] {
        let before = from ?? "20"
        return [Procedure.CodeChange(file: stackFile, before: "allocatedStorage: \(before),", after: "allocatedStorage: \(to),")]
    }

    static var multiAZ: [Procedure.CodeChange] {
        [
            Procedure.CodeChange(file: stackFile, before: "maxAzs: 1,", after: "maxAzs: 2,"),
            Procedure.CodeChange(file: stackFile, before: "multiAz: false,", after: "multiAz: true,"),
        ]
    }

    static func replica(number: Int) -> [Procedure.CodeChange] {
        [
            Procedure.CodeChange(
                file: stackFile, before: nil,
                after:
                    "new rds.DatabaseInstanceReadReplica(this, 'Replica\(number)', { sourceDatabaseInstance: this.instance, instanceType: this.instance.instanceType!, vpc });"
            )
        ]
    }

    static func capacity(from: String?, to: String) -> [Procedure.CodeChange] {
        [
            Procedure.CodeChange(
                file: auroraStack, before: "serverlessV2MaxCapacity: \(from ?? "2"),",
                after: "serverlessV2MaxCapacity: \(to),")
        ]
    }

    static var aurora: [Procedure.CodeChange] {
        [
            Procedure.CodeChange(
                file: "services/infrastructure/bin/dualtetrax-stack.ts",
                before: "const dbStack = new DatabaseStack(app, `DualTetraXDB-${environment}`, {",
                after: "const dbStack = new DatabaseStackAurora(app, `DualTetraXDB-${environment}`, {")
        ]
    }

    /// `2` for 2.0, `0.5`.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e12 ? "\(Int(value))" : "\(value)"
    }
}

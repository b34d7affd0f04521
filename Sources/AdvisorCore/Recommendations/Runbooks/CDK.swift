/// The properties of constructs of the AWS CDK that an action changes.
enum CDK {
    /// The changes of one property or construct, for each tool.
    static func instance(from: String?, to: String) -> [Procedure.CodeChange] {
        func type(_ id: String) -> String? {
            InstanceClass(id).map {
                "instanceType: ec2.InstanceType.of(ec2.InstanceClass.\($0.series.uppercased()), ec2.InstanceSize.\(size($0.size))),"
            }
        }
        return type(to).map { [change(from.flatMap(type), $0)] } ?? []
    }

    /// `XLARGE2` for `2xlarge`.
    private static func size(_ size: String) -> String {
        let number = size.prefix { $0.isNumber }
        return size.dropFirst(number.count).uppercased() + number
    }

    static func storage(from: String?, to: String) -> [Procedure.CodeChange] {
        [change(from.map { "allocatedStorage: \($0)," }, "allocatedStorage: \(to),")]
    }

    static var multiAZ: [Procedure.CodeChange] { [change("multiAz: false,", "multiAz: true,")] }

    static func replica(number: Int) -> [Procedure.CodeChange] {
        [
            change(
                nil,
                "new rds.DatabaseInstanceReadReplica(this, 'Replica\(number)', { sourceDatabaseInstance: instance, instanceType: instance.instanceType!, vpc });"
            )
        ]
    }

    static func storageType(from: String, to: String) -> [Procedure.CodeChange] {
        [change("storageType: rds.StorageType.\(from.uppercased()),", "storageType: rds.StorageType.\(to.uppercased()),")]
    }

    static func minimum(from: String, to: String) -> [Procedure.CodeChange] {
        [change("serverlessV2MinCapacity: \(from),", "serverlessV2MinCapacity: \(to),")]
    }

    /// Only PostgreSQL's constants are named after the major version.
    static func engine(_ engine: EngineVersion?, to version: String) -> [Procedure.CodeChange] {
        guard engine?.engine == .postgres else { return [] }
        func line(_ version: String) -> String { "version: rds.PostgresEngineVersion.VER_\(version)," }
        return [change(engine?.majorVersion.map(line), line(version))]
    }

    static func capacity(from: String?, to: String) -> [Procedure.CodeChange] {
        [change(from.map { "serverlessV2MaxCapacity: \($0)," }, "serverlessV2MaxCapacity: \(to),")]
    }

    private static func change(_ before: String?, _ after: String) -> Procedure.CodeChange {
        Procedure.CodeChange(tool: .cdk, before: before, after: after)
    }

    /// `2` for 2.0, `0.5`.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e12 ? "\(Int(value))" : "\(value)"
    }
}

extension Runbook {
    /// The guide's 8.2, step by step.
    func leaveSupabase(_ target: String, _ place: RunbookContext) -> Procedure {
        let environment = place.environment
        let name = (stack.name ?? "DualTetraX").filter { $0.isLetter || $0.isNumber }
        let database = "qp_\(name.lowercased())_\(environment)"
        return Procedure(
            commands: [
                Procedure.Command(
                    "pg_dump \"$SUPABASE_DB_URL\" --schema=public --no-owner --no-privileges --file=supabase.sql",
                    note: "1. export; the URL is in Supabase's dashboard under Database"),
                Procedure.Command(
                    "cdk deploy \(Shell.quoted("\(name)DB-\(environment)")) \(Shell.quoted("\(name)API-\(environment)")) -c environment=\(environment)",
                    note: "2. the guide's stacks: RDS and Lambda"),
                Procedure.Command(
                    "psql \"host=$DB_ENDPOINT user=dbadmin dbname=\(database) sslmode=require\" --set=ON_ERROR_STOP=1 --single-transaction --file=supabase.sql",
                    note: "3. import, from inside the VPC: the guide's subnets are isolated"),
                Procedure.Command(
                    "# environment: SUPABASE_URL becomes AWS_RDS_ENDPOINT", note: "4. in the configuration of each function"),
                Procedure.Command("# DNS: the name points to API Gateway", note: "5. with a short TTL, set a day before"),
            ],
            changes: [], deploy: nil,
            downtime: "from the export to the DNS change: writes in between are lost, so stop writes first",
            restart: "no", effort: "2 to 4 hours (the guide), plus a rehearsal with a copy",
            rollback:
                "change DNS and environment back to Supabase while nothing has been written to RDS; keep the project for a week",
            irreversible: nil, window: "",
            cautions: [
                "The dump does not contain users of Supabase Auth (schema auth) and files of its storage; the guide's Cognito starts empty.",
                "Row-level security and extensions in the dump must exist on RDS: ON_ERROR_STOP shows the first that does not.",
            ])
    }

    /// RDS to Aurora through a replica, which has the shortest downtime.
    func moveToAurora(_ target: String, _ place: RunbookContext) -> Procedure {
        let id = Shell.quoted(place.id)
        let cluster = place.named("aurora")
        let capacity = catalog.tier(target)?.capacity
        let (least, most) = (CDK.number(capacity?.minimum ?? 0.5), CDK.number(capacity?.maximum ?? 2))
        let scaling = "--serverless-v2-scaling-configuration MinCapacity=\(least),MaxCapacity=\(most)"
        func instance(_ name: String) -> String {
            "aws rds create-db-instance --db-instance-identifier \(place.named(name)) --db-cluster-identifier \(cluster) --engine aurora-postgresql --db-instance-class db.serverless"
        }
        let arn =
            "\"$(aws rds describe-db-instances --db-instance-identifier \(id) --query 'DBInstances[0].DBInstanceArn' --output text)\""
        return Procedure(
            commands: [
                Procedure.Command(
                    "aws rds create-db-cluster --db-cluster-identifier \(cluster) --engine aurora-postgresql --replication-source-identifier \(arn) \(scaling)",
                    note: "an Aurora replica of the instance; Aurora needs the same major version, at least the same minor one"),
                Procedure.Command(instance("aurora-writer")),
                Procedure.Command("aws rds wait db-instance-available --db-instance-identifier \(place.named("aurora-writer"))"),
                Procedure.Command(
                    "aws rds promote-read-replica-db-cluster --db-cluster-identifier \(cluster)",
                    note:
                        "in the window below: stop writes, wait until the lag is 0, promote, and point the application at the cluster"
                ),
                Procedure.Command(instance("aurora-reader"), note: "the guide's reader; without it the minimum cost is half"),
                Procedure.Command(
                    "aws rds create-db-snapshot --db-instance-identifier \(id) --db-snapshot-identifier \(place.named("before-aurora"))",
                    note: "before deleting the old instance, which is billed until then"),
            ],
            changes: CDK.aurora, deploy: nil,
            downtime:
                "a few minutes, from stopping writes to changing the endpoint; with a snapshot instead, as long as the copy takes",
            restart: "no, but another endpoint", effort: "half a day, including a rehearsal",
            rollback: "the old instance, until data is written to Aurora; after that pg_dump and psql", irreversible: nil,
            window: "",
            cautions: [
                "The guide's one-line change creates an empty cluster and deletes the instance: RemovalPolicy.SNAPSHOT in prod keeps a snapshot, DESTROY in dev keeps nothing. Move the data first, then change the line.",
                "Its Aurora stack adds a NAT gateway and a reader to the bill.",
            ])
    }
}

/// The names for the commands of a procedure.
struct RunbookContext {
    let resource: Stack.Resource
    let stack: Stack
    let catalog: Catalog

    var id: String { resource.id }
    var tier: Tier? { resource.tier.flatMap(catalog.tier) }
    var environment: String {
        let environment: DeploymentEnvironment = resource.environment == .development ? .development : .production
        return environment.rawValue
    }

    /// The id with a suffix, as RDS accepts identifiers, quoted.
    func named(_ suffix: String) -> String { Shell.quoted("\(id)-\(suffix)") }

    /// The Aurora cluster, quoted.
    var cluster: String { Shell.quoted(resource.cluster ?? "\(id)-cluster") }

    var clusterCaution: [String] {
        resource.cluster == nil ? ["`cluster` is not set in advisor.yaml; the name in the command is a guess."] : []
    }

    /// Deploys the guide's database stack of the environment.
    var deploy: String {
        let name = (stack.name ?? "DualTetraX").filter { $0.isLetter || $0.isNumber }
        return "cdk deploy \(Shell.quoted("\(name)DB-\(environment)")) -c environment=\(environment)"
    }
}

/// The lines of the guide's CDK code that an action changes.
enum CDK {
    private static let stackFile = "services/infrastructure/lib/database-stack.ts"
    private static let auroraStack = "services/infrastructure/lib/database-stack-aurora.ts"

    /// `small` and `T4G` of `db.t4g.small`.
    private static func parts(_ tier: String) -> (family: String, size: String)? {
        let parts = tier.split(separator: ".").map { $0.uppercased() }
        return parts.count == 3 && parts[0] == "DB" ? (parts[1], parts[2]) : nil
    }

    static func instance(from: String?, to: String, environment: DeploymentEnvironment?) -> [Procedure.CodeChange] {
        guard let target = parts(to) else { return [] }
        let line = "props.environment === 'prod' ? ec2.InstanceSize.SMALL : ec2.InstanceSize.MICRO"
        let isProd = environment != .development
        var changes: [Procedure.CodeChange] = []
        if isProd, target.size != "SMALL" {
            changes.append(Procedure.CodeChange(file: stackFile, before: line, after: line.replacing("SMALL", with: target.size)))
        } else if isProd {
            changes.append(
                Procedure.CodeChange(file: stackFile, before: "ec2.InstanceSize.MICRO", after: "ec2.InstanceSize.\(target.size)"))
        } else {
            changes.append(Procedure.CodeChange(file: stackFile, before: line, after: line.replacing("MICRO", with: target.size)))
        }
        if target.family != "T4G" {
            changes.append(
                Procedure.CodeChange(
                    file: stackFile, before: "ec2.InstanceClass.T4G,", after: "ec2.InstanceClass.\(target.family),"))
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

import AdvisorCore

extension English {
    func clause(_ purpose: CommandPurpose) -> String {
        switch purpose {
        case .rollbackSnapshot: "for a rollback of the data"
        case .checkOffer: "lists the versions for which the class is offered in the region; where there is none, it is not"
        case .upgradeFirst(let needed):
            "upgrade the engine to one of these from \(needed) on first, with --allow-major-version-upgrade, tested on a restored snapshot"
        case .upgradeTarget(let version):
            version.isEmpty
                ? "the newest version to which it can be upgraded"
                : "the newest \(version).x to which it can be upgraded; None where it must first be upgraded to a newer minor version"
        case .rehearsal:
            "a copy to rehearse on; add the subnet group, the security groups and the parameter group of the original"
        case .afterRehearsal: "after the application was tested against the copy, and its plans after ANALYZE"
        case .inWindow: "in the window below; or with --no-apply-immediately in the next maintenance window"
        case .noCommand: "no command available"
        case .exportDump: "1. export; the URL is in Supabase's dashboard under Database"
        case .createInstance: "2. the instance; add the subnet group and the security group of your VPC"
        case .importDump: "3. import, from inside the VPC"
        case .configureFunctions: "4. in the configuration of each function"
        case .changeName: "5. with a short TTL, set a day before"
        case .auroraVersion: "Aurora needs the same major version, at least the same minor one"
        case .auroraReplica: "an Aurora replica of the instance, in its subnets and with its security groups and encryption"
        case .promote:
            "in the window below: stop writes, wait until the lag is 0, promote, and point the application at the cluster"
        case .guideReader: "the guide's reader; without it the minimum cost is half"
        case .snapshotBeforeDeletion: "before deleting the old instance, which is billed until then"
        }
    }

    func clause(_ downtime: Downtime) -> String {
        switch downtime {
        case .none: "none"
        case .failover: "a failover, usually one to two minutes"
        case .restart: "a few minutes while the instance restarts; with a standby, a failover"
        case .pausedWrites: "none; on Single-AZ writes pause for a few seconds during the snapshot"
        case .standbySync: "none; reads and writes are slower until the standby is in sync"
        case .majorUpgrade: "usually 10 to 30 minutes, with a standby too; the rehearsal shows how long"
        case .untilNameChange: "from the export to the DNS change: writes in between are lost, so stop writes first"
        case .untilEndpointChange:
            "a few minutes, from stopping writes to changing the endpoint; with a snapshot instead, as long as the copy takes"
        case .unknown: "unknown"
        }
    }

    func clause(_ restart: RestartNeed) -> String {
        switch restart {
        case .no: "no"
        case .yes: "yes"
        case .rebootForConnections: "no, but max_connections changes only after a reboot"
        case .largerCompute: "no; a larger compute size restarts the database"
        case .otherEndpoint: "no, but another endpoint"
        case .unknown: "unknown"
        }
    }

    func clause(_ effort: Effort) -> String {
        switch effort {
        case .fiveMinutes: "five minutes"
        case .fiveMinutesWithCard: "five minutes, with a credit card"
        case .quarterHour: "about 15 min"
        case .quarterHourUnattended: "about 15 min, mostly unattended"
        case .hourInApplication: "about an hour, mostly in the application, which must send reads to the replica"
        case .hoursWithRehearsal: "2 to 4 hours (the guide), plus a rehearsal with a copy"
        case .halfDay: "half a day, including a rehearsal"
        case .announcement: "none yet: this is an announcement, so that time and budget are available"
        case .unknown: "unknown: no command available"
        }
    }

    func clause(_ rollback: Rollback) -> String {
        switch rollback {
        case .command(let text): text
        case .previousTier(let id): "the same command with \(id ?? "the previous class"), and another restart"
        case .previousMaximum: "the same command with the previous maximum"
        case .dumpAndRestore: "not in place: dump and restore into a new, smaller instance"
        case .restoredSnapshot: "the snapshot, restored into a new instance; what was written since is lost"
        case .samePage: "on the same page, at the end of the billing period"
        case .nameBack:
            "change DNS and environment back to Supabase while nothing has been written to RDS; keep the project for a week"
        case .oldInstance: "the old instance, until data is written to Aurora; after that pg_dump and psql"
        }
    }

    func sentence(_ effect: IrreversibleEffect) -> String {
        switch effect {
        case .storage: "RDS storage cannot be reduced: it is billed until the instance is replaced."
        }
    }

    func clause(_ window: ProcedureWindow) -> String {
        switch window {
        case .lowestLoad(let hour): Self.lowestLoad(hour)
        case .guideBackup: "03:00 to 04:00 UTC, the guide's backup window (less than a week of CPU history)"
        }
    }

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// `Sunday 04:00 to 05:00 UTC, its quietest hour: CPU 12 % over 28 days`.
    private static func lowestLoad(_ lowest: LowestLoadHour) -> String {
        func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }
        let hours = "\(clock(lowest.hour)) to \(clock((lowest.hour + 1) % 24))"
        let cpu = ValueText.text(lowest.cpu, .ratio)
        return "\(weekdays[lowest.weekday]) \(hours) UTC, its quietest hour: CPU \(cpu) over \(lowest.days) days"
    }

    func sentence(_ caution: Caution) -> String {
        switch caution {
        case .droppedConnections: "Connections are dropped: the application must reconnect."
        case .storageIncrements:
            "RDS requires at least 10 % more per change and six hours between changes; meanwhile storage optimization reduces performance."
        case .replicaLag: "A replica serves reads only, with a lag; check the slowest queries first."
        case .automatedBackups: "Automated backups are required (the guide keeps 7 days in dev, 30 in prod)."
        case .secondZone:
            "The DB subnet group needs a subnet in a second zone; the guide's VPC has one zone."
        case .clusterNotSet: "`cluster` is not set in advisor.yaml; the name in the command is a guess."
        case .organizationPlan:
            "The plan applies to the organization; the compute of each project is billed separately."
        case .incompleteDump:
            "The dump does not contain users of Supabase Auth (schema auth) and files of its storage; the guide's Cognito starts empty."
        case .extensions:
            "Row-level security and extensions in the dump must exist on RDS: ON_ERROR_STOP shows the first that does not."
        case .emptyCluster:
            "Declaring a cluster in place of the instance creates an empty one and deletes the instance. Move the data first, then import the cluster into the code."
        case .storageOptimization:
            "Storage is optimized for some hours, with less performance; its next change is possible after six hours."
        case .smallerCache:
            "The buffer cache shrinks with the minimum: watch BufferCacheHitRatio and the latency of reads for a day before the next step."
        case .supportOptOut:
            "A new or restored instance stays out of Extended Support with --engine-lifecycle-support open-source-rds-extended-support-disabled: AWS then upgrades it when standard support ends. An existing one cannot be changed."
        case .majorVersionChanges:
            "A custom parameter group needs one of the new version's family; extensions are upgraded by hand; read replicas are upgraded too."
        case .gatewayAndReader: "The guide's Aurora stack adds a NAT gateway and a reader to the bill."
        }
    }
}

import AdvisorCore

extension English {
    func title(_ option: ResourceOption.Kind) -> String {
        switch option {
        case .classWithoutCredits(let tier): "\(tier), which is not billed by CPU credits"
        case .newerGeneration(let tier): "\(tier), the same size of a newer generation"
        case .largerVolume(let size, let operations):
            "A volume of \(ValueText.number(size)) GiB with \(ValueText.number(operations)) IOPS"
        case .largerClass(let tier, let size, let operations):
            "\(tier) with \(ValueText.number(size)) GiB, for \(ValueText.number(operations)) IOPS"
        case .storageAutoscaling: "Storage autoscaling"
        case .largerPlan(let tier): "\(tier), without a migration"
        case .connectionPool: "A connection pool"
        case .stopAtNight(let hours): "Run it \(hours) hours a week"
        case .singleInstance: "One instance in place of writer and readers"
        case .pauseWhenIdle: "A minimum capacity of 0"
        case .commitment(let kind, let months, _): "\(Self.name(kind)), \(months / 12) year\(months > 12 ? "s" : "")"
        }
    }

    private static func name(_ kind: Commitment.Kind) -> String {
        switch kind {
        case .reservedOneYear, .reservedThreeYears: "Reserved Instance"
        case .savingsPlan, .savingsPlanServerless: "Database Savings Plan"
        }
    }

    func sentence(_ option: ResourceOption.Kind) -> String {
        switch option {
        case .classWithoutCredits:
            "It has as many vCPUs and costs the same at every load; the change restarts the instance, and the engine's version must be offered on it."
        case .newerGeneration:
            "It restarts the instance once; from x86 to Graviton nothing changes for PostgreSQL and MySQL. The engine's version must be offered on it."
        case .largerVolume:
            "Below that size no more IOPS can be bought for gp3; storage never shrinks again."
        case .largerClass:
            "The class limits IOPS, not only the volume: a larger volume alone would not be faster for long. It restarts the instance; storage never shrinks again."
        case .storageAutoscaling(let id, let size):
            "`aws rds modify-db-instance --db-instance-identifier \(Shell.quoted(id)) --max-allocated-storage \(ValueText.number(size))`: it grows by itself when 10 % are free, at most every six hours, and is billed from then on."
        case .largerPlan:
            "It takes effect at once, and ends the limit of the present plan; sign-in, files and API stay as they are."
        case .connectionPool:
            "PgBouncer costs nothing beside the application; RDS Proxy is billed per vCPU-hour. Session state and prepared statements need care."
        case .stopAtNight:
            "EventBridge Scheduler stops it after work and on weekends; storage is billed on, and AWS starts it again after 7 days."
        case .singleInstance(let instances):
            "In development a restart may take minutes: delete \(instances == 2 ? "the reader" : "the \(instances - 1) readers")."
        case .pauseWhenIdle(let share):
            "Nothing was connected in \(Self.text(share)) of the hours; it pauses after 5 minutes and resumes in about 15 s. Not with RDS Proxy or logical replication; from version 13.15, 14.12, 15.7 or 16.3 on."
        case .commitment(let kind, let months, let breakEven): commitment(kind, months, breakEven)
        }
    }

    private func commitment(_ kind: Commitment.Kind, _ months: Int, _ breakEven: Int) -> String {
        let even = "It pays if the database runs for \(breakEven) of the \(months) months"
        return switch kind {
        case .reservedOneYear, .reservedThreeYears:
            "\(even); it fits every size of the same series, region and engine, and cannot be returned."
        case .savingsPlan, .savingsPlanServerless:
            "\(even); it is an amount per hour for any database of generation 7 and newer or Aurora Serverless v2, and is billed while they pause."
        }
    }
}

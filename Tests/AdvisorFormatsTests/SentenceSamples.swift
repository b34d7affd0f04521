@testable import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation

/// One sample of every case of every reason, in words.
struct SentenceSamples {
    /// An enum of reasons: where it is declared, and its cases in words.
    struct Group {
        let name: String
        let file: String
        let sentences: [(code: String, text: String)]
    }

    private static let rule = RuleName(id: "cpu-high", title: "CPU above 80 %")
    private static let now = Timestamp(text: "2026-03-31T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let before = now - .seconds(9000)
    private static let cost = Money(12)
    private static let key = SeriesKey(
        namespace: "AWS/RDS", name: "CPUUtilization", dimensions: [SeriesKey.Dimension("DBInstanceIdentifier", "db")])
    private static let week = Quantity(604_800, .time)
    private static let minutes = Quantity(300, .time)
    private static let size = Quantity.bytes(15e9)
    private static let share = Quantity.ratio(0.91)
    private static let steps = [RecommendationSummary.Step(action: .move, to: .tier(id: "db.t4g.small"))]

    private let language: any Language

    init(_ language: any Language) { self.language = language }

    var groups: [Group] { evaluation + tiers + recommendations + bills + procedures }

    private func group<R: Reason>(_ file: String, _ samples: [R], _ words: (R) -> String) -> Group {
        Group(name: String(describing: R.self), file: file, sentences: samples.map { ($0.code, words($0)) })
    }

    private var evaluation: [Group] {
        let (rule, now) = (Self.rule, Self.now)
        return [
            group(
                "Evaluation/Finding.swift",
                [
                    .noValue(reason: .divisionByZero), .noValue(reason: .factOutOfDate(fact: "allocated_storage")),
                    .noSeries(metric: "cpu"), .noData(metric: "cpu", since: Self.before),
                    .statisticUnavailable(metric: "cpu", statistic: .minimum),
                    .unitMismatch(metric: "cpu", unit: "Bytes", expected: "Percent"),
                    .insufficientHistory(metric: "cpu", has: Self.minutes, needs: Self.week), .tooFewDatapoints(metric: "cpu"),
                ] as [Evidence.Gap]
            ) { language.clause($0, asOf: now) },
            group(
                "Rules/Expressions/Interpreter.swift",
                [.factNotSet(fact: "stage"), .divisionByZero, .factOutOfDate(fact: "allocated_storage")] as [UnknownReason]
            ) {
                language.clause($0)
            },
            group(
                "Explanations/NoAlertReason.swift",
                [
                    .doesNotApply(facts: [.init(asked: "tier == \"db.t4g.micro\"", fact: "tier", value: "db.t4g.small")]),
                    .noResource(kind: .database), .unknownFact(fact: "stage"), .factOutOfDate(fact: "allocated_storage"),
                    .dividesByZero,
                    .neverHadData(metric: "cpu", wanted: Self.key), .beginsLater(metric: "cpu", first: Self.before),
                    .noSuchSeries(metric: "cpu", wanted: Self.key, alike: [Self.key]),
                    .noDataSince(metric: "cpu", since: Self.before),
                    .statisticUnavailable(metric: "cpu", statistic: .minimum),
                    .unitMismatch(metric: "cpu", unit: "Bytes", expected: "Percent"),
                    .insufficientHistory(metric: "cpu", has: Self.minutes, needs: Self.week), .tooFewDatapoints(metric: "cpu"),
                    .disabled(by: "advisor.yaml:7"), .muted(until: now, reason: "maintenance"), .inhibited(by: rule.id),
                ] as [NoAlertReason]
            ) { language.clause($0, asOf: now) },
            group(
                "Explanations/StatisticDerivation.swift",
                [
                    .function(name: "forecast", statistic: .average), .meanOfAverages(period: Self.minutes),
                    .storedAverages(period: nil), .sumOverCount(period: Self.minutes), .minimum(period: Quantity(3600, .time)),
                    .maximum(period: Quantity(86_400, .time)), .latest(period: Self.minutes), .sum(period: Self.minutes),
                    .count(period: Quantity(7200, .time)), .storedPercentile(statistic: .percentile(95)),
                    .percentileOfValues(statistic: .percentile(95)),
                    .percentileOfAverages(statistic: .percentile(95), period: Quantity(10, .time)),
                    .averageInPlace(statistic: .minimum, period: Self.minutes),
                    .partlyAverages(statistic: .maximum, period: Self.minutes),
                ] as [StatisticDerivation]
            ) { language.clause($0) },
        ]
    }

    private var tiers: [Group] {
        let rule = Self.rule
        return [
            group(
                "Recommendations/TierSelection/TierRejection.swift",
                [
                    .smaller(present: "db.t4g.small"), .notInGuide, .alarmActive(rule: rule), .alarmExpected(rule: rule),
                    .belowTarget(rule: rule, tier: "db.t4g.small"), .cpuUnchanged(load: Self.share, cpus: 2),
                    .cpuTooHigh(load: Self.share), .cpuExceeded(needed: Self.share), .userRating(limit: 5000),
                    .connections(limit: 80, needed: 95), .memory(used: Self.size), .storageLimit(limit: Self.size),
                    .storage(limit: Self.size, stored: Self.size), .versionTooOld(version: "12.19", needed: "13.6"),
                    .capacity(limit: 2, needed: 3.5), .latencyUnchanged, .tierAlone(rule: rule), .otherEngine(engine: "MySQL"),
                    .operations(limit: 500, needed: 2900),
                ] as [TierRejection]
            ) { language.clause($0) },
            group(
                "Recommendations/TierSelection/TierRejection.swift",
                [
                    .targetMet(rule: rule), .aboveTarget(rule: rule), .notApplicable(rule: rule), .alarmEnds(rule: rule),
                    .staysOk(rule: rule), .cpuLowEnough(load: Self.share), .userRating(limit: 5000), .storageAllocated,
                    .storageGrows,
                    .readerInOtherZone,
                    .storageLimit(limit: Self.size), .latencyImproves(load: Self.share),
                ] as [TierSuitability]
            ) { language.clause($0) },
            group(
                "Recommendations/TierSelection/TierRejection.swift",
                [
                    .rule(rule: rule), .cpuUnknown, .loadUnknown, .userRatingUnknown, .connectionsUnknown, .capacityUnknown,
                    .latencyUnknown, .noRecentData(metric: "CPU"), .historyTooShort(has: Self.minutes),
                    .replicaReadsOnly,
                ] as [TierUncertainty]
            ) { language.clause($0) },
            group(
                "Recommendations/RecommendationReason.swift",
                [
                    .cpu(share: Self.share), .memory(used: Self.size, limit: Self.size), .capacity(peak: 1.5),
                    .connections(used: 52, limit: 80),
                ] as [CapacityFit]
            ) { language.clause($0) },
            group(
                "Recommendations/TierSelection/ThresholdCrossing.swift",
                [.rule(rule: rule), .connections(tier: "db.t4g.micro"), .users(tier: "db.t4g.micro")]
                    as [ThresholdCrossing.Limit]
            ) { language.title($0) },
            group(
                "Recommendations/TierSelection/WhatIfTimeline.swift",
                [
                    .alarm(rule: rule), .rejected(reason: .notInGuide), .storageGrows(stored: Self.size, gibibytes: 30),
                ] as [WhatIfReason]
            ) { language.clause(WhatIfTimeline.Event(rule: rule.id, reason: $0, to: nil)) },
        ]
    }

    private var recommendations: [Group] {
        let now = Self.now
        let outcome = RecommendationOutcome(
            rules: .standing, open: [Self.rule.id], bill: .different, expected: Self.cost, actual: Money(13))
        return [
            group(
                "Recommendations/RecommendationEffect.swift",
                [
                    .alarmRemains(rule: Self.rule, metric: "CPU", reason: .cpuUnchanged(load: Self.share, cpus: 2)),
                    .alarmExpected(rule: Self.rule), .limitExceeded(reason: .connections(limit: 80, needed: 95)),
                    .alarmUncertain(rule: Self.rule, metric: nil, reason: .latencyUnknown),
                    .limitUncertain(reason: .connectionsUnknown), .burstCarried,
                ] as [RecommendationCaveat]
            ) { language.clause($0) },
            group(
                "Recommendations/RecommendationEffect.swift",
                [
                    .heaviestQueries, .missingIndexes, .connectionPool, .idleSessions, .memorySettings, .unusedData,
                    .unusedTables,
                    .replicaLoad,
                ] as [FreeRemedy]
            ) { language.clause($0) },
            group("Recommendations/Options/ResourceOption.swift", Self.options) {
                [language.title($0), language.sentence($0)].filter { !$0.isEmpty }.joined(separator: ": ")
            },
            group("Recommendations/RecommendationReason.swift", Self.reasons) { language.sentence($0, asOf: now) },
            group(
                "Recommendations/Lifecycle/RecommendationChangeReason.swift",
                [
                    .recommended(rules: [Self.rule.id]), .stepsChanged(before: Self.steps),
                    .severityRaised(from: .info, to: .warning), .firedAgain(after: Self.minutes),
                    .moreRules(rules: [Self.rule.id], instead: Self.steps), .moreSevere(from: .info, to: .critical, instead: nil),
                    .snoozeEnded, .rulesOk, .resourceGone, .checked(outcome: outcome), .didNotHelp(outcome: outcome),
                    .claimedBy(name: "kim"), .noted(text: "after the launch"), .snoozed(until: now), .byHand,
                ] as [RecommendationChangeReason]
            ) { language.clause($0, asOf: now) },
            group(
                "Recommendations/Lifecycle/RecommendationCommand.swift",
                [
                    .changedLater(id: 3, changedAt: now, now: Self.before), .ended(id: 3, at: now),
                    .wrongState(id: 3, state: .claimed, command: "claim", allowed: [.open, .snoozed]),
                    .snoozeInPast(until: Self.before, now: now), .alreadyOpen(id: nil), .superseded(by: 4, resource: "db"),
                ] as [RecommendationRefusal]
            ) { language.clause($0) },
        ]
    }

    private static let options: [ResourceOption.Kind] = [
        .classWithoutCredits(tier: "db.m7g.large"), .newerGeneration(tier: "db.m8g.large"),
        .largerVolume(gibibytes: 400, operations: 12_000),
        .largerClass(tier: "db.t4g.large", gibibytes: 400, operations: 4000),
        .storageAutoscaling(resource: "db", gibibytes: 100), .largerPlan(tier: "supabase-pro"), .connectionPool,
        .stopAtNight(hours: 50),
        .singleInstance(instances: 2),
        .pauseWhenIdle(share: share), .commitment(kind: .reservedOneYear, months: 12, breakEven: 9),
    ]

    private static var reasons: [RecommendationReason] {
        let limit = ForeseenLimit(
            metric: "storage_used", title: "Storage", threshold: size, expected: now, earliest: before, latest: nil)
        return [
            .notInCatalog(rule: rule, tier: "db.x"), .alreadyReached(rule: rule, tier: "db.t4g.micro", present: "db.t4g.small"),
            .madeNeedless(tier: "aurora-serverless-v2", actions: [.growStorage, .enableMultiAZ]),
            .coolingDown(tier: "db.t4g.small", since: before, until: now), .tierNotSet,
            .dataMissing(rule: rule, reason: .noSeries(metric: "cpu")), .noActionKnown(rules: [rule]), .optionEnds(rules: [rule]),
            .notInGuide(tier: "db.m5.large"),
            .coldStart(history: minutes, later: LaterKnowledge.Subject.allCases.map { LaterKnowledge(subject: $0, at: now) }),
            .nearestThreshold(rule: rule, value: share, threshold: .ratio(1)), .cheapestChosen(cost: cost, headroom: true),
            .guideTargetKept, .stabilizing(rule: rule, since: before),
            .fitsSmaller(tier: "db.t4g.micro", days: 14, fits: [.cpu(share: share)]),
            .targetRejected(tier: "db.t4g.small", reason: .notInGuide),
            .targetUncertain(tier: "db.t4g.small", reason: .loadUnknown), .burstCarried,
            .cheaperAlternative(
                tier: "db.t4g.small", cost: cost, changes: [.storage(gibibytes: 30), .availability(multiZone: true)]),
            .cheapestThatClears(tier: "db.t4g.small", cost: cost),
            .noTierClears, .tryFirst(remedies: [.heaviestQueries, .missingIndexes]), .catalogRemark(text: "A remark."),
            .storageNeverShrinks, .moreOperations(gibibytes: 435, operations: 12_000),
            .creditsSuffice(days: 2, isMeasured: false),
            .creditsSufficeWithReserve(lowest: 100, maximum: 288, days: 4, isMeasured: false),
            .surplusCreditsEnded(charged: cost),
            .surplusCredits(monthly: cost), .surplusCreditsDiffer(measured: cost, modelled: cost),
            .surplusCreditsCompared(monthly: cost, tier: "db.t4g.small", there: nil, bill: cost, billThere: cost),
            .capacityFits(usual: 0.5, peak: 1.5, minimum: 0.5, maximum: 2),
            .capacityTooLow(usual: 1, peak: 4, minimum: 0.5, maximum: 2, share: .ratio(0.1), advised: 4),
            .neverPauses(connections: 3), .couldPause(share: .ratio(0.4)),
            .floorTooHigh(minimum: 8, advised: 0.5, saving: cost, knowsMemory: false), .demandCutOff,
            .instanceInstead(tier: "db.t4g.small", cost: cost),
            .extendedSupportBilled(version: "PostgreSQL 13", since: before, monthly: cost),
            .extendedSupportChanges(version: "PostgreSQL 13", at: now, isRise: false, before: cost, after: cost),
            .overBudgetEitherWay(limit: cost, before: cost, after: cost),
            .overBudget(limit: cost, after: cost, alternative: "db.t4g.small", cost: cost),
            .reachedAtThisPace(limits: [limit]), .dueBefore(time: now),
        ]
    }

    private var bills: [Group] {
        let bill = BillReference(month: "2026-03", sources: ["CUR"], until: "2026-03-12", isWhole: false)
        return [
            group("Pricing/CostItem.swift", Self.items) { language.title($0) },
            group(
                "Spend/BillGap.swift",
                [
                    .stackNotSet, .tierNotSet, .cost(reason: .storageNotSet), .volumeRequests,
                    .extendedSupport(version: "PostgreSQL 13"),
                    .backup(allocated: 20), .surplusCredits(baseline: .ratio(0.1)), .usage(item: "s3-gb", title: "S3 storage"),
                    .usageOfService, .costNotSet, .gatewayData, .includedInPlan(of: "Supabase"),
                ] as [BillGap]
            ) { language.clause($0) },
            group(
                "Pricing/CostItem.swift",
                [.storageNotSet, .extendedSupport(version: "PostgreSQL 13"), .noPrice(of: "db.x")] as [CostGap]
            ) { language.clause(BillGap.cost(reason: $0)) },
            group(
                "Spend/BillGap.swift",
                [
                    .declared(text: "two zones"), .extendedSupport(since: "2026-03-01"), .recentRate, .guideGateway, .guideSecret,
                ] as [BillNote]
            ) { language.clause($0) },
            group(
                "Spend/BillGap.swift",
                [.extendedSupport(resource: "db", version: "PostgreSQL 13", from: "2026-03-01", monthlyCost: Self.cost)]
                    as [BillChange]
            ) { language.clause($0) },
            group(
                "Pricing/CostItem.swift",
                [
                    .cited(text: "AWS Price List"), .stackFile, .declared, .bill(bill: bill), .notInCatalog,
                    .noPrices(region: "eu-west-1"), .noPriceOfEngine(engine: "mysql", region: "eu-west-1"), .engineNotSet,
                ] as [PriceSource]
            ) { language.title($0) },
            group("Billing/BilledMonth.swift", [.bill(bill: bill), .metrics] as [UsageSource]) { language.title($0) },
            group(
                "Recommendations/Savings/SavingsBasis.swift",
                [
                    .logStorage, .backups, .netOfLargerClass, .addresses, .interfaceEndpoint, .halfOfLogs(free: 5),
                    .finalSnapshot, .memory(smaller: .bytes(1_073_741_824), present: nil),
                ] as [SavingsBasis]
            ) { language.clause($0) },
            group(
                "Billing/BillForecast.swift",
                [.noCharges, .tooShort(days: 1), .notDaily, .stale(since: Self.before)] as [BillForecast.Gap]
            ) { language.clause($0) },
            group(
                "Billing/PromotionalCredits.swift",
                [.noDailyBill, .credits(days: 30), .charges(days: 30)] as [PromotionalCredits.BurnSource]
            ) { language.clause($0) },
        ]
    }

    private var procedures: [Group] {
        let notes = "Recommendations/Runbooks/ProcedureNotes.swift"
        return [
            group(
                notes,
                [
                    .rollbackSnapshot, .checkOffer, .upgradeFirst(needed: "13.6"), .upgradeTarget(version: "17"), .rehearsal,
                    .afterRehearsal, .inWindow, .noCommand, .exportDump,
                    .createInstance, .importDump,
                    .configureFunctions,
                    .changeName, .auroraVersion, .auroraReplica, .promote, .guideReader, .snapshotBeforeDeletion,
                ] as [CommandPurpose]
            ) { language.clause($0) },
            group(
                notes,
                [
                    .none, .failover, .restart, .pausedWrites, .standbySync, .majorUpgrade, .untilNameChange,
                    .untilEndpointChange, .unknown,
                ] as [Downtime]
            ) { language.clause($0) },
            group(notes, [.no, .yes, .rebootForConnections, .largerCompute, .otherEndpoint, .unknown] as [RestartNeed]) {
                language.clause($0)
            },
            group(
                notes,
                [
                    .fiveMinutes, .fiveMinutesWithCard, .quarterHour, .quarterHourUnattended, .hourInApplication,
                    .hoursWithRehearsal, .halfDay, .announcement, .unknown,
                ] as [Effort]
            ) { language.clause($0) },
            group(
                notes,
                [
                    .command(text: "aws rds delete-db-instance"), .previousTier(id: nil), .previousMaximum, .dumpAndRestore,
                    .restoredSnapshot, .samePage, .nameBack, .oldInstance,
                ] as [Rollback]
            ) { language.clause($0) },
            group(notes, [.storage] as [IrreversibleEffect]) { language.sentence($0) },
            group(
                notes,
                [
                    .lowestLoad(hour: LowestLoadHour(weekday: 6, hour: 4, cpu: 0.12, days: 28)), .guideBackup,
                ] as [ProcedureWindow]
            ) { language.clause($0) },
            group(
                notes,
                [
                    .droppedConnections, .storageIncrements, .replicaLag, .automatedBackups, .secondZone, .clusterNotSet,
                    .organizationPlan, .incompleteDump, .extensions, .emptyCluster, .gatewayAndReader,
                    .supportOptOut, .majorVersionChanges, .storageOptimization, .smallerCache,
                ] as [Caution]
            ) { language.sentence($0) },
        ]
    }

    private static let items: [CostItem] = [
        .plan, .capacity(instances: 2, units: 0.5), .expectedCapacity(instances: 2), .instance(multiAz: true), .readReplicas,
        .storage, .replicaStorage,
        .provisionedOperations,
        .extendedSupport(version: "PostgreSQL 13"), .backupBeyondAllocation, .surplusCredits, .declared,
        .catalogItem(id: "lambda-requests", title: "Lambda requests", free: 1, quantity: 3), .tier(id: "db.t4g.small"),
        .smallerTier(id: "db.t4g.micro"), .natGateways, .natGatewayData, .gatewayAddress, .gatewayAddresses, .interfaceEndpoint,
        .idleAddresses, .addressesInUse, .logStorage, .halfOfLogs, .backupAboveAllowance, .gp2Storage, .gp3Storage,
    ]
}

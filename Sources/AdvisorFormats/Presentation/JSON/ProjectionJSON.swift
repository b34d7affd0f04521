import AdvisorCore

/// The projection as JSON: keys of a recommendation in `advisor.report/1`.
struct ProjectionJSON {
    let recommendation: Recommendation
    let language: any Language

    var candidates: JSONValue {
        .array(
            recommendation.candidates.map { candidate in
                let projection = candidate.projection
                return .object([
                    "tier": .text(candidate.tier), "monthly_cost": JSONValue(candidate.monthlyCost),
                    "monthly_cost_max": JSONValue(candidate.maximumMonthlyCost),
                    "clears": candidate.clears.map(JSONValue.boolean) ?? .null, "unclear": JSONValue(candidate.unclear),
                    "why_not": .array(candidate.whyNot.map { JSONValue($0, text: language.clause($0)) }),
                    "monthly_cost_expected": JSONValue(projection?.expected),
                    "changes": .array(candidate.changes.map { JSONValue($0, text: language.change($0)) }),
                    "monthly_surplus_credits": JSONValue(projection?.surplus),
                    "cpu_p99_5": JSONValue(projection?.cpu.map { $0 * 100 }),
                    "headroom": projection?.hasHeadroom.map(JSONValue.boolean) ?? .null,
                    "outcomes": .array(
                        (projection?.outcomes ?? []).map { outcome in
                            .object([
                                "rule": .text(outcome.rule), "state": .text(outcome.state.rawValue),
                                "fired": .boolean(outcome.hasFired), "why": .text(language.clause(outcome.verdict)),
                                "reason": reason(outcome.verdict),
                            ])
                        }),
                ])
            })
    }

    private func reason(_ verdict: ProjectedOutcome.Verdict) -> JSONValue {
        switch verdict {
        case .clears(let reason): JSONValue(reason)
        case .stands(let reason): JSONValue(reason)
        case .unknown(let reason): JSONValue(reason)
        }
    }

    var credits: JSONValue {
        guard let credits = recommendation.outlook?.credits else { return .null }
        return .object([
            "balance": JSONValue(credits.balance), "balance_max": JSONValue(credits.maximumBalance),
            "balance_measured": .boolean(credits.isBalanceMeasured), "balance_lowest_7d": JSONValue(credits.lowestBalance),
            "time_to_empty_seconds": JSONValue(credits.timeToEmpty?.seconds), "surplus_hours_7d": JSONValue(credits.surplusHours),
            "covered_hours_7d": JSONValue(credits.coveredHours), "mean_load_7d": JSONValue(credits.meanLoad * 100),
            "baseline": JSONValue(credits.baseline * 100), "charged_30d": JSONValue(credits.charged),
            "monthly": JSONValue(credits.monthly), "monthly_replayed": JSONValue(credits.replayedMonthly),
            "charge_measured": .boolean(credits.isChargeMeasured), "suffice": .boolean(credits.suffices),
            "burst": .boolean(recommendation.outlook?.isBurst == true), "break_even": breakEvens,
        ])
    }

    /// The steady load in percent of the current tier's CPU from which a larger class is cheaper; null for no load.
    private var breakEvens: JSONValue {
        .array(
            (recommendation.outlook?.breakEvens ?? []).map { other in
                let load: JSONValue
                switch other.load {
                case .always: load = .integer(0)
                case .above(let share): load = JSONValue(share * 100)
                case .never: load = .null
                }
                return .object(["tier": .text(other.tier), "fixed": .boolean(other.isFixed), "above_load": load])
            })
    }

    var aurora: JSONValue {
        guard let aurora = recommendation.outlook?.aurora else { return .null }
        var zero: [String: JSONValue] = ["possible": .null, "least_connections": .null, "idle_share": .null]
        switch aurora.scaleToZero {
        case .prevented(let least):
            zero["possible"] = .boolean(false)
            zero["least_connections"] = JSONValue(least)
        case .possible(let share):
            zero["possible"] = .boolean(true)
            zero["idle_share"] = JSONValue(share)
        case .unknown: break
        }
        return .object([
            "acu_usual": JSONValue(aurora.usual), "acu_peak": JSONValue(aurora.peak), "acu_max_wanted": JSONValue(aurora.maximum),
            "monthly_cost": .object([
                "lowest": JSONValue(recommendation.outlook?.auroraCost?.lowest),
                "expected": JSONValue(recommendation.outlook?.auroraCost?.expected),
                "highest": JSONValue(recommendation.outlook?.auroraCost?.highest),
            ]),
            "guide_stack": .object([
                "lowest": JSONValue(recommendation.outlook?.auroraStackAtRest),
                "highest": JSONValue(recommendation.outlook?.auroraStackAtMost),
            ]),
            "knows_cpu": .boolean(aurora.knowsCPU), "hours": .integer(aurora.needs.count), "scale_to_zero": .object(zero),
        ])
    }

    var crossings: JSONValue {
        .array(
            (recommendation.outlook?.crossings ?? []).map { crossing in
                var object: [String: JSONValue] = [
                    "rule": JSONValue(crossing.limit.rule?.id), "title": .text(language.title(crossing.limit)),
                    "limit": JSONValue(crossing.limit), "metric": .text(crossing.metric.id.rawValue),
                    "threshold": JSONReport.number(crossing.threshold, crossing.metric.measure), "expected": .null,
                    "earliest": .null,
                    "latest": .null, "not_before": .null,
                ]
                switch crossing.when {
                case .expected(let expected, let earliest, let latest):
                    object["expected"] = JSONValue(expected)
                    object["earliest"] = JSONValue(earliest)
                    object["latest"] = JSONValue(latest)
                case .notBefore(let time): object["not_before"] = JSONValue(time)
                case .insufficientHistory: break
                }
                return .object(object)
            })
    }
}

internal import AdvisorCore

/// The queries of get-metric-data.
public enum QueriesFile {
    /// Reads `[{"Id":…,"MetricStat":{…}}]`, or an object with it as `MetricDataQueries`, into the context.
    /// - Returns: The error in the file; valid queries are used nevertheless.
    public static func read(_ bytes: [UInt8], into context: inout IngestContext) -> [IngestProblem] {
        var problems: [IngestProblem] = []
        var scanner = JSONScanner(ByteSource(bytes))
        let root: JSONValue
        do {
            root = try scanner.element()
        } catch let problem as JSONProblem {
            return [IngestProblem(line: problem.line, column: problem.column, problem: problem.problem)]
        } catch {
            return [IngestProblem(line: 1, column: nil, problem: "\(error)")]
        }
        guard let queries = root.array ?? root.object?["MetricDataQueries"]?.array else {
            return [IngestProblem(line: 1, column: nil, problem: "must be an array of queries, as `--metric-data-queries` takes")]
        }
        for (number, query) in queries.enumerated() {
            let name = query.object?["Id"]?.text ?? "query \(number + 1)"
            func fail(_ problem: String) { problems.append(IngestProblem(line: 1, column: nil, problem: "\(name): \(problem)")) }
            guard let id = query.object?["Id"]?.text else {
                fail("'Id' is missing")
                continue
            }
            guard let stat = query.object?["MetricStat"]?.object else {
                context.expressions.insert(id)
                continue
            }
            guard let metric = stat["Metric"]?.object, let namespace = metric["Namespace"]?.text,
                let metricName = metric["MetricName"]?.text,
                let dimensions = Document.dimensions(metric["Dimensions"])
            else {
                fail("'Metric' must have Namespace, MetricName and Dimensions")
                continue
            }
            guard let seconds = stat["Period"]?.number, (1...1e9).contains(seconds), let statistic = stat["Stat"]?.text else {
                fail("'MetricStat' must have Period and Stat")
                continue
            }
            var unit: MetricUnit?
            if let given = stat["Unit"]?.text {
                unit = MetricUnit(name: given)
                if unit == nil { fail(MetricUnit.unknown(given)) }
            }
            context.queries[id] = IngestContext.Query(
                key: SeriesKey(
                    account: query.object?["AccountId"]?.text, namespace: namespace, name: metricName, dimensions: dimensions),
                statistic: statistic, period: .seconds(Int64(seconds)), unit: unit)
        }
        return problems
    }
}

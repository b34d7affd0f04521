import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// Stores samples.
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Store samples from files, gzip files or standard input; the format is detected.",
        discussion: """
            EXAMPLES
              advisor ingest stream.jsonl.gz
              aws cloudwatch get-metric-data … | advisor ingest - --queries queries.json
              advisor ingest cpu.csv --metric cpu --resource prod-db
              advisor ingest --metric active_users --resource prod-db --value 1310
              advisor ingest cur-00001.csv.gz cur-00002.csv.gz     a bill: all files of a month at once

            FORMATS
            \(SampleFormat.all.map { "  \($0.id): \($0.words)" }.joined(separator: "\n"))

            BILLS replace their month as a whole; read again, they change nothing
            \(BillFormat.all.map { "  \($0.id): \($0.words)" }.joined(separator: "\n"))
            """)

    @Argument(help: ArgumentHelp("Files, or - for standard input.", valueName: "file"))
    var files: [String] = []
    @Option(name: .customLong("input-format"), help: ArgumentHelp("The inputs' format (default: detected).", valueName: "format"))
    var inputFormat: String?
    @Option(help: ArgumentHelp("The queries that get-metric-data was asked with.", valueName: "file"))
    var queries: String?
    @Option(help: ArgumentHelp("The metric that the input holds.", valueName: "name"))
    var metric: String?
    @Option(help: ArgumentHelp("The resource that the input is of.", valueName: "id"))
    var resource: String?
    @Option(help: ArgumentHelp("One value, stored at --now, in the metric's display unit.", valueName: "value"))
    var value: Double?
    @Option(help: ArgumentHelp("The namespace of bare put-metric-data arrays.", valueName: "ns"))
    var namespace: String?
    @Option(help: ArgumentHelp("The account that bills without one are of.", valueName: "id"))
    var account: String?
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
        if let inputFormat, SampleFormat.named(inputFormat) == nil, BillFormat.named(inputFormat) == nil {
            let known = SampleFormat.all.map(\.id) + BillFormat.all.map(\.id)
            throw ValidationError(
                "unknown format '\(inputFormat)'\(DidYouMean.hint(for: inputFormat, among: known)); known are \(known.joined(separator: ", "))"
            )
        }
        if value != nil, metric == nil || resource == nil {
            throw ValidationError("--value wants --metric NAME and --resource ID")
        }
        if let value, !value.isFinite { throw ValidationError("--value wants a finite number") }
        if value == nil, files.isEmpty { throw ValidationError("name files to read, - for standard input, or --value") }
        if value != nil, !files.isEmpty { throw ValidationError("give files or --value, not both") }
    }

    func run() throws {
        let now = try options.time()
        let project = try ProjectLoader(options: options).project(isEvaluated: false)
        var context = try context(now: now, project: project)
        for file in files where file != "-" && !Files.exists(file) { throw ExitError(.noInput, "\(file): no such file") }
        let store = try options.openStore(create: true)
        if let value { return try storeOne(value, context, store, now) }
        if let queries {
            let problems = QueriesFile.read(try Files.bytes(queries), into: &context)
            for problem in problems { Console.error("\(queries):\(problem.line): \(problem.problem)") }
            if context.queries.isEmpty { throw ExitError(.configuration, "\(queries): holds no query that asks for a metric") }
        }
        let ingest = Ingest(context: context, store: store)
        for file in files {
            let source = try Files.source(file)
            ingest.inputs.append(
                Ingest.Input(
                    path: file, source: source, format: inputFormat.flatMap(SampleFormat.named),
                    bill: inputFormat.flatMap(BillFormat.named)))
        }
        let showsProgress = Console.showsProgress && !options.quiet
        let summary = try ingest.run(at: now, progress: showsProgress ? { Self.progress($0) } : nil)
        if showsProgress { Console.raw("\r\u{1B}[K") }
        try show(summary)
    }

    private static func progress(_ text: String) { Console.raw("\r\u{1B}[K\(SafeText.terminal(text))") }

    private func context(now: Timestamp, project: Project) throws -> IngestContext {
        var context = IngestContext(now: now, metrics: project.vocabulary.metrics)
        context.namespace = namespace
        context.resource = resource
        context.services = project.services
        context.account = account
        guard let metric else { return context }
        let known = project.vocabulary.metrics.metrics.values.filter { if case .series = $0.origin { true } else { false } }.map(
            \.id)
        guard let target = context.target(metric: metric, resource: resource ?? "") else {
            throw ExitError(
                .usage,
                "advisor: unknown metric '\(metric)'\(DidYouMean.hint(for: metric, among: known)); known are \(known.sorted().joined(separator: ", "))"
            )
        }
        guard let resource else { throw ExitError(.usage, "advisor: --metric wants --resource ID") }
        context.target = target
        let declared = project.stack.resources.first { $0.id == resource }?.metrics[target.metric.id]
        if let declared {
            context.target = IngestContext.Target(
                key: SeriesKey(namespace: declared.namespace, name: declared.name, dimensions: declared.dimensions),
                metric: target.metric)
        }
        return context
    }

    private func storeOne(_ value: Double, _ context: IngestContext, _ store: Store, _ now: Timestamp) throws {
        guard let target = context.target else { return }
        var sample = Sample(start: now, unit: target.metric.display.unit)
        (sample.count, sample.sum, sample.average, sample.minimum, sample.maximum) = (1, value, value, value, value)
        var batch = SampleBatch()
        batch.newSeries = [target.key]
        batch.records = [SampleBatch.Record(series: 0, sample: sample)]
        let writer = try SampleWriter(store: store, at: now)
        try writer.beginFile()
        try writer.write(batch)
        var summary = Ingest.Summary()
        var file = Ingest.FileSummary(path: "--value", format: "value")
        file.counts = try writer.finishFile()
        summary.files = [file]
        let result = try writer.finish()
        summary.counts = result.counts
        summary.series = result.series
        try show(summary)
    }

    private func show(_ summary: Ingest.Summary) throws {
        if format == "json" {
            try options.answer(Self.json(summary).render())
        } else {
            for file in summary.files {
                for problem in file.problems {
                    let place = [file.path, "\(problem.line)"] + (problem.column.map { ["\($0)"] } ?? [])
                    Console.error(SafeText.terminal("\(place.joined(separator: ":")): \(problem.problem)"))
                }
                if file.rejected > file.problems.count {
                    Console.error("\(file.path): and \(file.rejected - file.problems.count) more")
                }
            }
            if !options.quiet { try options.answer(Self.text(summary)) }
        }
        if let failure = summary.files.lazy.compactMap({ file in file.failure.map { "\(file.path): \($0)" } }).first {
            throw ExitError(.io, failure)
        }
        if summary.rejected > 0 || summary.files.contains(where: { $0.format == nil && !$0.problems.isEmpty && $0.rejected > 0 })
        {
            throw ExitError(.badData)
        }
    }

    private static func text(_ summary: Ingest.Summary) -> String {
        var lines = summary.bills.map(\.words) + summary.superseded.map(\.words)
        if summary.series > 0 || summary.files.contains(where: { $0.fingerprint == nil }) {
            lines.append(
                "\(summary.counts.accepted) samples stored (\(summary.counts.replaced) replaced) of \(summary.series) series, \(summary.rejected) rejected"
            )
        } else if summary.bills.isEmpty {
            lines.append("no charges stored, \(summary.rejected) rejected")
        }
        return lines.map { SafeText.terminal($0) + "\n" }.joined()
    }

    private static func json(_ summary: Ingest.Summary) -> JSONValue {
        .object([
            "accepted": .integer(summary.counts.accepted), "replaced": .integer(summary.counts.replaced),
            "rejected": .integer(summary.rejected), "series": .integer(summary.series),
            "bills": .array(summary.bills.map(\.json)),
            "files": .array(
                summary.files.map { file in
                    .object([
                        "path": .text(file.path), "format": JSONValue(file.format), "accepted": .integer(file.counts.accepted),
                        "replaced": .integer(file.counts.replaced), "rejected": .integer(file.rejected),
                        "problems": .array(
                            file.problems.map { problem in
                                .object([
                                    "line": .integer(problem.line), "column": problem.column.map(JSONValue.integer) ?? .null,
                                    "problem": .text(problem.problem),
                                ])
                            }),
                    ])
                }),
        ])
    }
}

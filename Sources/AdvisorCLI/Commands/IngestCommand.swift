import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor ingest`: stores samples and bills.
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Store samples or bills from files (gzip, zip) or standard input.",
        discussion: """
            EXAMPLES
              advisor ingest stream.jsonl.gz
              aws cloudwatch get-metric-data … |
                advisor ingest - --queries queries.json
              advisor ingest cpu.csv --metric cpu --resource prod-db
              advisor ingest --metric active_users --resource prod-db --value 1310
              advisor ingest exports/                a folder, with all parts of bills
              advisor ingest charges.json --metric estimated_charges
                                                     of the account, without --resource

            FORMATS (detected)
            \(SampleFormat.all.map { HelpText.item($0.id, $0.words) }.joined(separator: "\n"))

            BILLS (the files of a folder, pattern or call are parts of one bill;
            another file replaces the month; the same again changes nothing)
            \(BillFormat.all.map { HelpText.item($0.id, $0.words) }.joined(separator: "\n"))
            """)

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "file"), completion: .file())
    var files: [String] = []
    @Option(
        name: .customLong("input-format"), help: ArgumentHelp("Format of the input (default: detected).", valueName: "format"))
    var inputFormat: InputFormat?
    @Option(help: ArgumentHelp("Queries that get-metric-data was called with.", valueName: "file"), completion: .file())
    var queries: String?
    @Option(help: ArgumentHelp("Metric of the input.", valueName: "name"))
    var metric: String?
    @Option(help: ArgumentHelp("Resource of the input.", valueName: "id"))
    var resource: String?
    @Option(help: ArgumentHelp("One value, stored at --now, in the metric's display unit.", valueName: "value"))
    var value: FiniteNumber?
    @Option(help: ArgumentHelp("Namespace of put-metric-data without one.", valueName: "ns"))
    var namespace: String?
    @Option(help: ArgumentHelp("Time zone of times without one (default: UTC).", valueName: "zone"))
    var zone: TimeZoneArgument?
    @Option(help: ArgumentHelp("Account of bills that name none.", valueName: "id"))
    var account: String?
    @OptionGroup var form: FormatOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if value != nil, metric == nil { throw ValidationError("--value needs --metric NAME and --resource ID") }
        if value == nil, files.isEmpty { throw ValidationError("missing input: name files, - for standard input, or --value") }
        if value != nil, !files.isEmpty { throw ValidationError("give files or --value, not both") }
    }

    func run() throws {
        let now = try time.time()
        let loaded = try ProjectLoader(options: options).load(for: .ingest)
        for error in loaded.diagnostics where !error.isNote { Console.error(error.description) }
        let request = IngestRequest(metric: metric, resource: resource, namespace: namespace, account: account, zone: zone?.zone)
        var context = try request.context(in: loaded.project, at: now)
        for file in files where file != "-" && !FileSystem.current.exists(file) {
            throw ExitError(.noInput, "\(file): no such file")
        }
        let store = try options.openStore(create: true)
        try store.allowReaders(of: loaded.project.stack)
        if let value, let target = context.target {
            return try show(try IngestPass.store(value.value, of: target, in: store, at: now, context: context))
        }
        if let queries {
            let problems = QueriesFile.read(try FileSystem.current.bytes(queries), into: &context)
            for problem in problems { Console.error("\(queries):\(problem.line): \(problem.problem)") }
            if context.queries.isEmpty { throw ExitError(.configuration, "\(queries): no query for a metric in it") }
        }
        let ingest = IngestPass(context: context, store: store)
        for file in files { try add(file, to: ingest) }
        let showsProgress = Console.showsProgress && !output.quiet
        let summary = try ingest.run(at: now, progress: showsProgress ? { Self.progress($0) } : nil)
        if showsProgress { Console.progress("") }
        try show(summary)
    }

    /// Adds standard input, a file, or the files of a folder.
    private func add(_ path: String, to ingest: IngestPass) throws {
        let (samples, bill) = (inputFormat?.samples, inputFormat?.bill)
        if path == "-" {
            let source = try StandardInput.source()
            return ingest.inputs.append(IngestPass.Input(path: path, source: source, format: samples, bill: bill))
        }
        guard let collection = InputCollection(path, in: .current) else { throw ExitError(.noInput, "\(path): no such file") }
        if collection.files.isEmpty { Console.error("\(path): no files with data in it") }
        for note in collection.ignored { Console.error(SafeText.terminal("\(note); ignored")) }
        for notice in try ingest.add(collection, in: .current, format: samples, bill: bill) { Console.error(notice) }
    }

    private static func progress(_ text: String) { Console.progress(text) }

    private func show(_ summary: IngestPass.Result) throws {
        if form.isJSON {
            try output.write(Self.json(summary).render())
        } else {
            for file in summary.files {
                for problem in file.problems {
                    let place = [file.path, "\(problem.line)"] + (problem.column.map { ["\($0)"] } ?? [])
                    let count = problem.records > 1 ? " (\(problem.records) records)" : ""
                    Console.error(SafeText.terminal("\(place.joined(separator: ":")): \(problem.problem)\(count)"))
                }
                let unlisted = file.rejected - file.problems.reduce(0) { $0 + $1.records }
                if unlisted > 0 { Console.error("\(file.path): and \(unlisted) more rejected") }
            }
            for resource in summary.lookalikes { Console.error(SafeText.terminal("advisor: \(resource.notice)")) }
            if let unused = Self.unused(summary), !output.quiet { Console.error(unused) }
            // Of inputs without any content the problem says all.
            let isEmpty = summary.files.allSatisfy(\.isEmpty)
            if !output.quiet, !isEmpty { try output.write(Self.text(summary)) }
        }
        if let failure = summary.files.lazy.compactMap({ file in file.failure.map { "\(file.path): \($0)" } }).first {
            throw ExitError(.io, failure)
        }
        if summary.status != .done { throw ExitError(summary.status) }
    }

    private static func text(_ summary: IngestPass.Result) -> String {
        var lines = summary.bills.map(\.words) + summary.superseded.map(\.words)
        if summary.series > 0 || summary.files.contains(where: { $0.fingerprint == nil }) {
            let counts = summary.counts
            let replaced = counts.replaced > 0 ? "\(counts.replaced) replaced, " : ""
            let series = "\(summary.series) series"
            lines.append(
                "\(counts.accepted - counts.replaced) new, \(replaced)\(counts.unchanged) unchanged, \(summary.rejected) rejected (samples of \(series))"
            )
        } else if summary.bills.isEmpty {
            lines.append("no charges stored, \(summary.rejected) rejected")
        }
        return lines.map { SafeText.terminal($0) + "\n" }.joined()
    }

    /// Names the stored metrics that no rule can use; nil without any.
    private static func unused(_ summary: IngestPass.Result) -> String? {
        let names = summary.unusedMetrics
        guard !names.isEmpty else { return nil }
        let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
        return SafeText.terminal(
            "advisor: no rule can use \(names.prefix(5).joined(separator: ", "))\(rest); name a series under `metrics:` of its resource in advisor.yaml"
        )
    }

    private static func json(_ summary: IngestPass.Result) -> JSONValue {
        .object([
            "accepted": .integer(summary.counts.accepted), "replaced": .integer(summary.counts.replaced),
            "unchanged": .integer(summary.counts.unchanged), "rejected": .integer(summary.rejected),
            "series": .integer(summary.series), "unused_metrics": .array(summary.unusedMetrics.map(JSONValue.text)),
            "bills": .array(summary.bills.map(\.json)),
            "lookalikes": .array(
                summary.lookalikes.map { .object(["resource": .text($0.id), "declared": .text($0.declared)]) }),
            "files": .array(
                summary.files.map { file in
                    .object([
                        "path": .text(file.path), "format": JSONValue(file.format), "accepted": .integer(file.counts.accepted),
                        "replaced": .integer(file.counts.replaced), "unchanged": .integer(file.counts.unchanged),
                        "rejected": .integer(file.rejected),
                        "problems": .array(
                            file.problems.map { problem in
                                .object([
                                    "line": .integer(problem.line), "column": problem.column.map(JSONValue.integer) ?? .null,
                                    "problem": .text(problem.problem), "records": .integer(problem.records),
                                ])
                            }),
                    ])
                }),
        ])
    }
}

import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// `advisor store`: maintenance.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Check, compact, back up, restore, rewind, clean and export the store.",
        discussion: """
            EXAMPLES
              advisor store check
              advisor store compact                  apply `retention:` and vacuum
              advisor store backup /var/backups/advisor.db
              advisor store restore                  the newest daily backup
              advisor store rewind --to 2026-03-31T09:00:00Z    after a wrong clock
              advisor store forget --resource prd-db            after a typing error
              advisor store export -o samples.csv    `advisor ingest` reads it back
              advisor store export --format openmetrics --resource prod-db
            """,
        subcommands: [
            Check.self, Compact.self, Backup.self, StoreRestore.self, StoreRewind.self, StoreForget.self, StoreExport.self,
        ])

    /// `advisor store check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check integrity, foreign keys and invariants.",
            discussion: """
                Also whether samples, alarms, recommendations and alerts are as they
                were written. Exits with 74 if there is a problem.
                """)
        @Flag(name: .customLong("accept-values"), help: "Accept values that another program changed.")
        var acceptValues = false
        @OptionGroup var form: FormatOption
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let store = try acceptValues ? options.openStore(create: false) : options.readStore()
            if acceptValues { try store.acceptValues() }
            let problems = try store.problems()
            let (samples, size) = (try store.sampleCount(), try store.size())
            if form.isJSON {
                let answer = JSONValue.object([
                    "problems": JSONValue(problems), "samples": .integer(samples), "bytes": .integer(size.bytes),
                    "free_bytes": .integer(size.free),
                ])
                try output.write(answer.render())
            } else if !problems.isEmpty {
                try output.write(problems.map { SafeText.terminal("\(store.path): \($0)") + "\n" }.joined())
            } else if !output.quiet {
                try output.write("\(store.path): no problems; \(ValueText.grouped("\(samples)")) samples\n")
            }
            guard problems.isEmpty else {
                throw ExitError(
                    .io,
                    "advisor: \(problems.count) \(problems.count == 1 ? "problem" : "problems"); `advisor store restore` goes back to the newest backup"
                )
            }
        }
    }

    /// `advisor store compact`.
    struct Compact: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Roll up and drop old samples as `retention:` says, and vacuum.",
            discussion: """
                Minutes become five minutes after 15 days, five minutes become hours
                after 63 days, and samples are dropped after 455 days, unless
                `retention:` in advisor.yaml differs. Count, sum, minimum and maximum
                stay exact; percentiles of several samples are dropped. The evidence of
                active recommendations is kept.
                """)
        @Flag(name: .customLong("no-vacuum"), help: "Keep the size of the file; free pages are reused.")
        var noVacuum = false
        @OptionGroup var form: FormatOption
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func run() throws {
            let project = try ProjectLoader(options: options).project()
            let store = try options.openStore(create: false)
            let now = try time.time()
            let compaction = try Compaction(of: store, project, space: noVacuum ? .kept : .returned, at: now)
            let (result, before, after) = (compaction.result, compaction.bytesBefore, compaction.bytesAfter)
            if form.isJSON {
                let answer = JSONValue.object([
                    "rolled_up": .integer(result.summedUp), "created": .integer(result.made), "dropped": .integer(result.dropped),
                    "percentiles_dropped": .integer(result.percentilesDropped), "kept": .integer(result.left),
                    "bytes_before": .integer(before), "bytes_after": .integer(after),
                ])
                return try output.write(answer.render())
            }
            guard !output.quiet else { return }
            try output.write(Self.words(result) + "store size: \(Self.size(after)), before \(Self.size(before))\n")
        }

        /// One line per change; empty when nothing changed.
        static func words(_ result: RetentionJob.Result) -> String {
            func number(_ number: Int) -> String { ValueText.grouped("\(number)") }
            var lines: [String] = []
            if result.made > 0 {
                lines.append("\(number(result.summedUp)) samples rolled up into \(number(result.made))")
            }
            if result.percentilesDropped > 0 {
                lines.append(
                    "\(number(result.percentilesDropped)) percentiles of several samples dropped: they cannot be rolled up")
            }
            if result.left > 0 {
                lines.append("\(number(result.left)) intervals kept: rolling them up would lose information")
            }
            if result.dropped > 0 { lines.append("\(number(result.dropped)) samples dropped: older than the retention") }
            return lines.map { $0 + "\n" }.joined()
        }

        private static func size(_ bytes: Int) -> String {
            ValueText.text(Double(bytes), MetricUnit.bytes.conversion.measure)
        }
    }

    /// `advisor store backup`.
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the store to a file while others write; checks the copy.")
        @Argument(help: ArgumentHelp("File of the copy.", valueName: "file"), completion: .file())
        var file: String
        @Flag(help: "Replace an existing file.")
        var force = false
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let store = try options.readStore()
            guard !FileSystem.current.isPart(file, ofStore: store.path) else {
                throw ExitError(.usage, "\(file): is the store itself, or a file that belongs to it; name another file")
            }
            guard force || !FileSystem.current.exists(file) else {
                throw ExitError(.usage, "\(file): exists; --force replaces it")
            }
            // Under another name first: an unfinished backup never looks like one.
            let copy = try PartialFile(file, in: .current)
            defer { copy.abandon() }
            try store.backUp(to: FileSystem.current.resolve(copy.part))
            try copy.finish()
            output.note("advisor: wrote \(file); open it with --db, or replace the store with it")
        }
    }
}

import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// House-keeping of the store.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Check, compact, back up and export the store.",
        discussion: """
            EXAMPLES
              advisor store check
              advisor store compact                          sum up and drop what outlived `retention:`, give the room back
              advisor store backup /var/backups/advisor.db   while others go on writing
              advisor store export -o samples.csv            `advisor ingest` reads it back to the same samples
              advisor store export --format openmetrics --resource prod-db
            """,
        subcommands: [Check.self, Compact.self, Backup.self, StoreExport.self])

    /// Everything that must not be in a store.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for damage, broken references and broken promises; ends with 74 when there is any.")
        @OptionGroup var form: AnswerForm
        @OptionGroup var options: CommonOptions

        func run() throws {
            let store = try options.openStore(create: false)
            let problems = try store.problems()
            let (samples, size) = (try store.sampleCount(), try store.size())
            if form.isJSON {
                let answer = JSONValue.object([
                    "problems": JSONValue(problems), "samples": .integer(samples), "bytes": .integer(size.bytes),
                    "free_bytes": .integer(size.free),
                ])
                try options.answer(answer.render())
            } else if !problems.isEmpty {
                try options.answer(problems.map { SafeText.terminal("\(store.path): \($0)") + "\n" }.joined())
            } else if !options.quiet {
                try options.answer("\(store.path): sound; \(ValueText.grouped("\(samples)")) samples\n")
            }
            guard problems.isEmpty else {
                throw ExitError(
                    .io,
                    "advisor: \(problems.count == 1 ? "a problem" : "\(problems.count) problems"); restore a backup, or ingest into a new file"
                )
            }
        }
    }

    /// Sums up, drops, and gives the room back.
    struct Compact: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sum up and drop what outlived its step of `retention:`, and give the room back to the disk.",
            discussion: """
                Minutes become five minutes after 15 days, five minutes become hours after 63, and after 455 days samples
                go; `retention: { 1m: 15d, 5m: 63d, 1h: forever }` in advisor.yaml says otherwise. Count, sum, minimum and
                maximum stay exact; percentiles of more than one sample go. What a standing recommendation rests on stays.
                """)
        @OptionGroup var form: AnswerForm
        @Flag(name: .customLong("no-shrink"), help: "Leave the file as large as it is; the room is used again.")
        var noShrink = false
        @OptionGroup var options: CommonOptions

        func run() throws {
            let project = try ProjectLoader(options: options).project()
            let store = try options.openStore(create: false)
            let now = try options.time()
            let before = try store.size().bytes
            let result = try RetentionJob(
                store: store, retention: project.stack.unattended.retention, now: now,
                holds: try RetentionJob.holds(of: store, project, at: now)
            ).run()
            if !noShrink { try store.vacuum() }
            let after = try store.size().bytes
            if form.isJSON {
                let answer = JSONValue.object([
                    "summed_up": .integer(result.summedUp), "made": .integer(result.made), "dropped": .integer(result.dropped),
                    "percentiles_dropped": .integer(result.percentilesDropped), "left": .integer(result.left),
                    "bytes_before": .integer(before), "bytes_after": .integer(after),
                ])
                return try options.answer(answer.render())
            }
            guard !options.quiet else { return }
            try options.answer(Self.words(result) + "the store takes \(Self.size(after)), before \(Self.size(before))\n")
        }

        /// What was done, a line each; empty when nothing was.
        static func words(_ result: RetentionJob.Result) -> String {
            func number(_ number: Int) -> String { ValueText.grouped("\(number)") }
            var lines: [String] = []
            if result.made > 0 {
                lines.append("\(number(result.summedUp)) samples summed up into \(number(result.made)) longer ones")
            }
            if result.percentilesDropped > 0 {
                lines.append("\(number(result.percentilesDropped)) percentiles of several samples dropped: no sum holds them")
            }
            if result.left > 0 {
                lines.append("\(number(result.left)) stretches left as they are: no sum would say the same of them")
            }
            if result.dropped > 0 { lines.append("\(number(result.dropped)) samples dropped for their age") }
            return lines.map { $0 + "\n" }.joined()
        }

        private static func size(_ bytes: Int) -> String {
            ValueText.text(Double(bytes), MetricUnit.bytes.conversion.measure)
        }
    }

    /// A copy while others write.
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the store into a file of its own while others go on writing; the copy is checked.")
        @Argument(help: ArgumentHelp("Where the copy goes.", valueName: "file"))
        var file: String
        @Flag(help: "Replace a file that exists.")
        var force = false
        @OptionGroup var options: CommonOptions

        func run() throws {
            guard force || !Files.exists(file) else { throw ExitError(.usage, "\(file): exists; --force replaces it") }
            let store = try options.openStore(create: false)
            // Under another name first: at no moment does half a backup look like one.
            let part = "\(file).part-\(ProcessInfo.processInfo.processIdentifier)"
            defer { for end in ["", "-journal", "-wal", "-shm"] { Files.remove(part + end) } }
            try store.backUp(to: Files.resolve(part))
            try Files.move(part, to: file)
            if !options.quiet { Console.error("advisor: wrote \(file); open it with --db, or put it in the store's place") }
        }
    }
}

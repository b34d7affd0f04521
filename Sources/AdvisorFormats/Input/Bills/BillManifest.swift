public import AdvisorCore
internal import Foundation

/// The manifest of an AWS bill: which files are the current parts of a month.
///
/// Cost and Usage Reports name them in `reportKeys`, Data Exports in `dataFiles`. Source: AWS Data Exports User Guide,
/// "Understanding export delivery" and "Understanding your report versions".
public struct BillManifest: Sendable {
    /// The path of the manifest.
    public var path: String
    /// The billed month.
    public var month: BillingMonth
    /// The names of the parts in S3.
    public var keys: [String]
    /// When its file was modified; 0 where that is unknown. Units do not matter, as long as all have the same.
    public var modified: Int64

    /// Whether a file is a manifest, by its name.
    public static func isManifest(_ path: String) -> Bool { path.hasSuffix("Manifest.json") }

    /// Reads a manifest; nil if it does not list the files of a month.
    public init?(_ bytes: [UInt8], path: String, modified: Int64 = 0) {
        var scanner = JSONScanner(ByteSource(bytes))
        guard let root = (try? scanner.element())?.object,
            let listed = (root["reportKeys"] ?? root["dataFiles"])?.array?.compactMap(\.text), !listed.isEmpty
        else { return nil }
        let begin = root["billingPeriod"]?.object?["start"]?.text
        let stated = begin.flatMap { $0.count >= 6 ? BillingMonth(text: "\($0.prefix(4))-\($0.dropFirst(4).prefix(2))") : nil }
        let marker = "BILLING_PERIOD="
        let named = ([path] + listed).lazy.compactMap { text in
            text.range(of: marker).flatMap { BillingMonth(text: String(text[$0.upperBound...].prefix(7))) }
        }.first
        guard let month = stated ?? named else { return nil }
        (self.path, self.month, self.keys, self.modified) = (path, month, listed, modified)
    }

    /// The current manifests: of several of a report and month the one nearest to the root, which AWS overwrites; beside each
    /// other, the newest by the date of the execution in its path, or else by its file.
    public static func current(_ manifests: [BillManifest]) -> [BillManifest] {
        let groups = Dictionary(grouping: manifests) { manifest in
            "\(manifest.month) \(manifest.path.split(separator: "/").last ?? "") \(manifest.scope)"
        }
        return groups.values.compactMap { group in group.max { $0.precedence < $1.precedence } }
            .sorted { ($0.month, $0.path) < ($1.month, $1.path) }
    }

    private var folders: [Substring] { path.split(separator: "/").dropLast() }

    private var precedence: (depth: Int, execution: String, modified: Int64, path: String) {
        let execution = folders.last { $0.dropFirst(10).first == "T" && BillingMonth(text: String($0.prefix(7))) != nil }
        return (-folders.count, execution.map(String.init) ?? "", modified, path)
    }

    /// The folder whose files it decides about: that of the report and month, not that of one assembly or execution. Empty
    /// where it is the folder of the input.
    public var scope: String {
        var scope = folders
        if let metadata = scope.lastIndex(of: "metadata"), metadata + 1 < scope.count, scope[metadata + 1].contains("=") {
            scope = Array(scope[..<metadata])
        } else if let last = scope.last, !Self.isPeriod(last),
            keys.contains(where: { $0.split(separator: "/").dropLast().last == last })
        {
            scope.removeLast()
        }
        return (path.hasPrefix("/") ? "/" : "") + scope.joined(separator: "/")
    }

    /// Whether a folder is that of a month in every assembly: `20261001-20261101`.
    private static func isPeriod(_ folder: Substring) -> Bool {
        let days = folder.split(separator: "-")
        return days.count == 2 && days.allSatisfy { $0.count == 8 && Int($0) != nil }
    }

    /// The files that the manifest lists: for each of its names the path that agrees with most of its last folders. All are
    /// from one assembly: a path that agrees with fewer folders than another does is none of them.
    ///
    /// A part that was unpacked has its name without `.gz` or `.zip`.
    /// - Returns: The paths, and the names that no path has.
    public func current(among paths: [String]) -> (paths: Set<String>, missing: [String]) {
        current(among: Dictionary(grouping: paths) { Self.name($0.split(separator: "/").last ?? "") })
    }

    /// The same of paths by their names without `.gz` or `.zip`.
    func current(among paths: [Substring: [String]]) -> (paths: Set<String>, missing: [String]) {
        let matches = keys.map { key -> (path: String, depth: Int)? in
            let parts = key.split(separator: "/")
            guard let last = parts.last else { return nil }
            let folders = parts.dropLast().reversed()
            let candidates = (paths[Self.name(last)] ?? []).map { path in
                let own = path.split(separator: "/")
                let depth = zip(own.dropLast().reversed(), folders).prefix { $0 == $1 }.count
                return (path: path, depth: depth, isExact: own.last == last ? 1 : 0)
            }
            return candidates.max { ($0.depth, $0.isExact, $1.path) < ($1.depth, $1.isExact, $0.path) }.map {
                ($0.path, $0.depth)
            }
        }
        let depth = matches.compactMap { $0?.depth }.max()
        var found: Set<String> = []
        var missing: [String] = []
        for (key, match) in zip(keys, matches) {
            if let match, match.depth == depth { found.insert(match.path) } else { missing.append(key) }
        }
        return (found, missing)
    }

    /// The name of a part, compressed or not.
    static func name(_ name: Substring) -> Substring {
        for ending in [".gz", ".zip"] where name.hasSuffix(ending) { return name.dropLast(ending.count) }
        return name
    }
}

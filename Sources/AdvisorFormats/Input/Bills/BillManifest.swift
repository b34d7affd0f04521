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

    /// Whether a file is a manifest, by its name.
    public static func isManifest(_ path: String) -> Bool { path.hasSuffix("Manifest.json") }

    /// Reads a manifest; nil if it does not list the files of a month.
    public init?(_ bytes: [UInt8], path: String) {
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
        (self.path, self.month, self.keys) = (path, month, listed)
    }

    /// The current manifests: of several of a report and month the one nearest to the root, which AWS overwrites.
    public static func current(_ manifests: [BillManifest]) -> [BillManifest] {
        func depth(_ manifest: BillManifest) -> Int { manifest.path.split(separator: "/").count }
        let groups = Dictionary(grouping: manifests) { manifest in
            "\(manifest.month) \(manifest.path.split(separator: "/").last ?? "")"
        }
        return groups.values.compactMap { group in group.min { (depth($0), $0.path) < (depth($1), $1.path) } }
            .sorted { ($0.month, $0.path) < ($1.month, $1.path) }
    }

    /// The files that the manifest lists: for each of its names the path that agrees with most of its last folders.
    /// - Returns: The paths, and the names that no path has.
    public func current(among paths: [String]) -> (paths: Set<String>, missing: [String]) {
        var found: Set<String> = []
        var missing: [String] = []
        for key in keys {
            let parts = key.split(separator: "/").reversed()
            let best = paths.map { path in
                (path, zip(path.split(separator: "/").reversed(), parts).prefix { $0 == $1 }.count)
            }.max { ($0.1, $1.0) < ($1.1, $0.0) }
            if let best, best.1 > 0 { found.insert(best.0) } else { missing.append(key) }
        }
        return (found, missing)
    }
}

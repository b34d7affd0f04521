internal import Foundation

/// Where the parts of a project are looked for.
public struct ProjectPaths: Sendable {
    /// The stack file.
    public var stack: String
    /// Whether a missing stack file is an error.
    public var requiresStack: Bool
    /// The folder whose rules are used alone; nil for the built-in packs under those of `ownRules`.
    public var rules: String?
    /// The folder whose rule files replace built-in ones of the same name.
    public var ownRules: String
    /// The folder of the user's own catalogs.
    public var ownCatalog: String
    /// The folder of the user's own prices, beside the catalogs.
    public var ownPrices: String { (ownCatalog as NSString).deletingLastPathComponent + "/prices" }
    /// The folder whose data files replace built-in ones; nil for the built-in data.
    public var data: String?

    /// Creates paths.
    public init(
        stack: String, requiresStack: Bool, rules: String?, ownRules: String, ownCatalog: String, data: String?
    ) {
        (self.stack, self.requiresStack, self.rules) = (stack, requiresStack, rules)
        (self.ownRules, self.ownCatalog, self.data) = (ownRules, ownCatalog, data)
    }
}

/// A file that the program carries.
public struct BundledFile: Sendable {
    /// Its path in the repository: `data/metrics.yaml`.
    public var path: String
    /// Its text.
    public var text: String

    /// Creates a bundled file.
    public init(path: String, text: String) { (self.path, self.text) = (path, text) }
}

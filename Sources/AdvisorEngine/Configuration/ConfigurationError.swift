public import AdvisorFormats

/// The configuration or the rules have errors.
public struct ConfigurationError: Error {
    /// Reports errors with their positions.
    public var diagnostics: [Diagnostic]
    /// What was not done because of them.
    public var message: String

    /// Creates an error.
    public init(_ diagnostics: [Diagnostic], _ message: String) { (self.diagnostics, self.message) = (diagnostics, message) }
}

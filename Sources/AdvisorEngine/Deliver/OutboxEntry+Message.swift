public import AdvisorCore
public import AdvisorFormats
public import AdvisorStore

extension OutboxEntry {
    /// The message of the first attempt; before that, what it would be.
    public func renderedMessage(in language: any Language) -> AlertMessage { message ?? AlertMessage(alert, in: language) }
}

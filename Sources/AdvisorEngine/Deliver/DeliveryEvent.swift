public import AdvisorCore

/// What became of one attempt, or of a receiver.
public struct DeliveryEvent: Hashable, Sendable {
    /// What happened.
    public enum Outcome: Hashable, Sendable {
        /// The receiver accepted an alert.
        case delivered
        /// The receiver did not accept an alert, and why.
        case notDelivered(reason: String)
        /// The receiver was disabled, and why.
        case disabled(reason: String)
    }

    /// What happened.
    public var outcome: Outcome
    /// The name of the receiver.
    public var receiver: String
    /// What it is sent.
    public var format: Stack.Receiver.Format
    /// The id of the alert; nil for an event of the receiver alone.
    public var alert: String?
    /// The number of the attempt, from 1; nil for an event of the receiver alone.
    public var attempt: Int?
}

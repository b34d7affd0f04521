import Foundation

/// What the user says of the account that pays.
public struct CloudAccount: Hashable, Sendable {
    /// Money that the provider gave.
    public struct Credit: Hashable, Sendable {
        /// What was given.
        public var amount: Money
        /// The day after which it is worth nothing; nil when nobody said.
        public var expires: CivilDate?
        /// What was used of it up to `usedOn`.
        public var used: Money
        /// The day up to which `used` counts; what a bill says of later days comes on top. nil: `used` is all there is to know.
        public var usedOn: CivilDate?

        /// A credit by its parts.
        public init(amount: Money, expires: CivilDate? = nil, used: Money? = nil, usedOn: CivilDate? = nil) {
            (self.amount, self.expires, self.used, self.usedOn) = (amount, expires, used ?? Money(0), usedOn)
        }
    }

    /// The day it was made; nil when nobody said.
    public var created: CivilDate?
    /// In the order of the file.
    public var credits: [Credit]
    /// Plans of others that it is on: `supabase-free`, `vercel-hobby`.
    public var plans: [String]

    /// An account by its parts.
    public init(created: CivilDate? = nil, credits: [Credit] = [], plans: [String] = []) {
        (self.created, self.credits, self.plans) = (created, credits, plans)
    }
}

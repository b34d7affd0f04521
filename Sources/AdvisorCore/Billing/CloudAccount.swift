import Foundation

/// The paying account, as declared in advisor.yaml.
public struct CloudAccount: Hashable, Sendable {
    /// Credits granted by the provider.
    public struct Credit: Hashable, Sendable {
        /// The amount granted.
        public var amount: Money
        /// The expiration date; nil if unknown.
        public var expires: CivilDate?
        /// The amount used up to `usedOn`.
        public var used: Money
        /// The date of `used`; usage of later days is taken from the bill. nil: `used` is all that is known.
        public var usedOn: CivilDate?

        /// Creates a credit.
        public init(amount: Money, expires: CivilDate? = nil, used: Money? = nil, usedOn: CivilDate? = nil) {
            (self.amount, self.expires, self.used, self.usedOn) = (amount, expires, used ?? Money(0), usedOn)
        }
    }

    /// The creation date; nil if unknown.
    public var created: CivilDate?
    /// The credits in file order.
    public var credits: [Credit]
    /// Plans at other providers: `supabase-free`, `vercel-hobby`.
    public var plans: [String]

    /// Creates an account.
    public init(created: CivilDate? = nil, credits: [Credit] = [], plans: [String] = []) {
        (self.created, self.credits, self.plans) = (created, credits, plans)
    }
}

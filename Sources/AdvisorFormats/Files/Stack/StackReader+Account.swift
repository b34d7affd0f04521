import AdvisorCore
import Foundation

extension StackReader {
    /// Reads `account:`, `region:` and `prices:`.
    func money(_ mapping: YAMLMapping, into stack: inout Stack) {
        stack.region = mapping["region"]?.read("region", "eu-west-1", Self.region)
        stack.account = mapping["account"].flatMap(account)
        for (name, key, value) in mapping["prices"]?.pairs("a mapping such as { nat-gateway-hour: $0.045 }") ?? [] {
            if PriceBook(catalog).entry(name) == nil {
                let known = PriceBook(catalog).entries.map(\.id)
                key.fail("unknown price '\(name)'\(DidYouMean.hint(for: name, among: known)); `advisor prices` lists all")
                continue
            }
            if let price = price(value) { stack.prices[name] = price }
        }
    }

    /// The region of a stack file, read before the rest; nil if it names none.
    static func region(_ text: String) -> String? {
        let looksRight =
            text.split(separator: "-").count >= 3
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
        return looksRight ? text : nil
    }

    /// `$0.045`, or a mapping with source and date.
    private func price(_ value: YAMLValue) -> Price? {
        guard value.members != nil else {
            return value.money("$0.045").map { Price(usd: $0, source: .stackFile, asOf: "") }
        }
        guard let mapping = value.mapping(.price) else { return nil }
        let usd = mapping["usd"]?.decimal("0.045")
        let source = mapping["source"]?.string().map { PriceSource.cited(text: $0) } ?? .stackFile
        let asOf = mapping["as_of"]?.day()?.description ?? ""
        return usd.map { Price(usd: $0, source: source, asOf: asOf) }
    }

    private func account(_ value: YAMLValue) -> CloudAccount? {
        guard let mapping = value.mapping(.account) else { return nil }
        var account = CloudAccount()
        account.created = mapping["created"]?.day()
        account.credits = (mapping["credits"]?.elements("a list such as [{ amount: $1000, expires: 2027-01-31 }]") ?? [])
            .compactMap(credit)
        account.plans = mapping["plans"]?.strings() ?? []
        return account
    }

    private func credit(_ value: YAMLValue) -> CloudAccount.Credit? {
        guard let mapping = value.mapping(.credit) else { return nil }
        let amount = mapping["amount"]?.money("$1000")
        let expires = mapping["expires"]?.day()
        let used = mapping["used"]?.money("$300") ?? 0
        let usedOn = mapping["used_on"]?.day()
        guard let amount else { return nil }
        if used > amount { mapping["used"]?.fail("'used' exceeds 'amount'") }
        return CloudAccount.Credit(amount: Money(amount), expires: expires, used: Money(used), usedOn: usedOn)
    }
}

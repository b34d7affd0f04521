internal import AdvisorCore
internal import Foundation

extension StackReader {
    /// The monthly usage of a service by item of the catalog.
    func usage(_ value: YAMLValue, of service: String) -> [String: Decimal] {
        let items = catalog.items.filter { $0.service == service || service == "nat-gateway" && $0.id == "public-ipv4-hour" }
        var result: [String: Decimal] = [:]
        for (name, key, value) in value.pairs("a mapping such as { lambda-requests: 3 }") {
            guard items.contains(where: { $0.id == name }) else {
                let known = items.map(\.id)
                let list = known.isEmpty ? "the catalogue has none of \(service)" : "known are \(known.joined(separator: ", "))"
                key.fail("unknown item '\(name)'\(DidYouMean.hint(for: name, among: known)); \(list)")
                continue
            }
            guard let amount = value.read("a number of units such as 3", QuantityText.decimal) else { continue }
            if amount < 0 { value.fail("a use is never negative") } else { result[name] = amount }
        }
        return result
    }
}

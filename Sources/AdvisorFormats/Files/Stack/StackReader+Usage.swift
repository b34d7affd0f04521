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
                key.fail(
                    known.isEmpty
                        ? "unknown item '\(name)'; the catalog has no items of \(service)"
                        : key.unknown(name, among: known, what: "item"))
                continue
            }
            guard let amount = value.decimal("3") else { continue }
            if amount < 0 { value.fail("usage must not be negative") } else { result[name] = amount }
        }
        return result
    }
}

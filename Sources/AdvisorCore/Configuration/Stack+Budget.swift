import Foundation

extension Stack.Budget {
    /// The limit of the whole month: `monthly`, or else the total of the preset; nil without both.
    func total(_ services: ServiceCatalog) -> Decimal? { monthly ?? presetTotal(services) }

    /// The total of the preset, or the sum of its expected costs; nil without a preset.
    func presetTotal(_ services: ServiceCatalog) -> Decimal? {
        guard let preset else { return nil }
        return services.totals[preset] ?? services.presets[preset].map { $0.values.reduce(0, +) }
    }
}

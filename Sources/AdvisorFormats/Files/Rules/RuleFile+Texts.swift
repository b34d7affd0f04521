import AdvisorCore

extension RuleText {
    /// The language of a text without a tag.
    static let mainLanguage = "en"
}

extension RuleFile {
    /// A text by language: one text is that of the main language, `{ en: …, ko: … }` has others too.
    func localized(_ value: YAMLValue, _ read: (YAMLValue) -> String?) -> [String: String] {
        guard value.members != nil else { return read(value).map { [RuleText.mainLanguage: $0] } ?? [:] }
        guard let mapping = value.mapping(.localizedText) else { return [:] }
        var texts: [String: String] = [:]
        for field in Section.localizedText.fields { texts[field.name] = mapping[field.name].flatMap(read) }
        return texts
    }

    /// The texts in other languages than the main one.
    static func translations(
        _ titles: [String: String], _ summaries: [String: String], _ advice: [String: String]
    ) -> [String: RuleText] {
        let languages = Set(titles.keys).union(summaries.keys).union(advice.keys).subtracting([RuleText.mainLanguage])
        let texts = languages.map {
            ($0, RuleText(title: titles[$0], summary: summaries[$0], how: advice[$0]))
        }
        return Dictionary(texts) { first, _ in first }
    }
}

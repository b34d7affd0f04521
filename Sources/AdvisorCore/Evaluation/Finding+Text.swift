extension Finding {
    /// The value with its unit; nil if there is none.
    public var shownValue: String? { value.flatMap { value in measure.map { ValueText.text(value, $0) } } }
    /// The threshold with its unit; nil if there is none.
    public var shownThreshold: String? { threshold.flatMap { value in measure.map { ValueText.text(value, $0) } } }
}

extension Rule {
    /// How far back of a time the rule looks: its evaluation range, with the longest window before it.
    public var reach: Duration {
        let readings = when.readings + (clear?.readings ?? [])
        let window = readings.compactMap(\.window).max() ?? .zero
        let datapoints = sustain.datapoints(effective: sustain.period)
        return window + sustain.period * (datapoints.evaluated + 2)
    }
}

extension Rule {
    /// How far before a time the rule reads: its evaluation range and the longest window before it.
    public var reach: Duration {
        let readings = when.readings + (clear?.readings ?? [])
        let window = readings.compactMap(\.window).max() ?? .zero
        let datapoints = sustain.datapoints(effective: sustain.period)
        return window + sustain.period * (datapoints.evaluated + 2)
    }
}

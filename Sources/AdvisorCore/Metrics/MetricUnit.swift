/// One of the 27 units of CloudWatch.
///
/// Source: the PutMetricData model, `StandardUnit`. `none` is CloudWatch's `None`: a number whose meaning the metric
/// declares.
public enum MetricUnit: UInt8, CaseIterable, Sendable {
    case none
    case seconds, microseconds, milliseconds
    case bytes, kilobytes, megabytes, gigabytes, terabytes
    case bits, kilobits, megabits, gigabits, terabits
    case percent, count
    case bytesPerSecond, kilobytesPerSecond, megabytesPerSecond, gigabytesPerSecond, terabytesPerSecond
    case bitsPerSecond, kilobitsPerSecond, megabitsPerSecond, gigabitsPerSecond, terabitsPerSecond
    case countPerSecond
    /// Not a unit of CloudWatch: money, which AWS/Billing publishes with the unit `None`.
    case usDollars

    /// The name in CloudWatch: `Bytes/Second`; `USD` for money.
    public var name: String { Self.names[Int(rawValue)] }

    private static let names = [
        "None", "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits",
        "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second",
        "Megabytes/Second",
        "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second",
        "Terabits/Second", "Count/Second", "USD",
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

    /// The unit with a CloudWatch name, case-sensitive; nil for any other text.
    public init?(name: String) {
        guard let unit = Self.byName[name] else { return nil }
        self = unit
    }

    /// The kind of quantity, and the factor to its base unit (bytes, seconds, a share of 1).
    ///
    /// CloudWatch's prefixes are decimal: a kilobyte is 1,000 bytes.
    public var conversion: (measure: QuantityKind, factor: Double) {
        switch self {
        case .none, .count: (.count, 1)
        case .seconds: (.time, 1)
        case .microseconds: (.time, 1e-6)
        case .milliseconds: (.time, 1e-3)
        case .bytes: (.bytes, 1)
        case .kilobytes: (.bytes, 1e3)
        case .megabytes: (.bytes, 1e6)
        case .gigabytes: (.bytes, 1e9)
        case .terabytes: (.bytes, 1e12)
        case .bits: (.bytes, 0.125)
        case .kilobits: (.bytes, 125)
        case .megabits: (.bytes, 125e3)
        case .gigabits: (.bytes, 125e6)
        case .terabits: (.bytes, 125e9)
        case .percent: (.ratio, 0.01)
        case .bytesPerSecond: (.bytes.perTime, 1)
        case .kilobytesPerSecond: (.bytes.perTime, 1e3)
        case .megabytesPerSecond: (.bytes.perTime, 1e6)
        case .gigabytesPerSecond: (.bytes.perTime, 1e9)
        case .terabytesPerSecond: (.bytes.perTime, 1e12)
        case .bitsPerSecond: (.bytes.perTime, 0.125)
        case .kilobitsPerSecond: (.bytes.perTime, 125)
        case .megabitsPerSecond: (.bytes.perTime, 125e3)
        case .gigabitsPerSecond: (.bytes.perTime, 125e6)
        case .terabitsPerSecond: (.bytes.perTime, 125e9)
        case .countPerSecond: (.count.perTime, 1)
        case .usDollars: (.money, 1)
        }
    }

    /// Converts a value in this unit to the base unit.
    ///
    /// Percent is divided by 100, like the literal `80%`, so that a sample of exactly 80 equals the threshold.
    public func baseValue(of value: Double) -> Double {
        switch self {
        case .percent: value / 100
        case .milliseconds: value / 1000
        case .microseconds: value / 1_000_000
        default: value * conversion.factor
        }
    }
}

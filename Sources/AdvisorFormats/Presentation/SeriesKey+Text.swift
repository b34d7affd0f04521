public import AdvisorCore

extension SeriesKey {
    /// `AWS/RDS CPUUtilization {DBInstanceIdentifier=db}`.
    public var text: String {
        let names = dimensions.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
        return "\(namespace) \(name)\(names.isEmpty ? "" : " {\(names)}")"
    }
}

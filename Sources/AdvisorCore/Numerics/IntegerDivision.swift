extension Int64 {
    /// The quotient rounded down; `divisor` is positive. For times it is the number of the period that a time lies in.
    func floorDiv(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The quotient rounded up; `divisor` is positive.
    func ceilDiv(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor > 0 ? quotient + 1 : quotient
    }
}

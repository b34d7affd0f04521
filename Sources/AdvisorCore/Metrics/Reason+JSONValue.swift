extension JSONValue {
    /// A reason for programs: `{"code", "values", "text"}`.
    public init(_ reason: some Reason, text: String) {
        let (code, values) = Self.coded(.encoding(reason))
        self = .object(["code": code, "values": values, "text": .text(text)])
    }

    /// A reason without words: `{"code", "values"}`.
    public init(_ reason: some Reason) {
        let (code, values) = Self.coded(.encoding(reason))
        self = .object(["code": code, "values": values])
    }

    /// Takes `{"code": {values}}` apart; a value labeled `reason` is a reason too.
    private static func coded(_ value: JSONValue) -> (code: JSONValue, values: JSONValue) {
        guard case .object(let members) = value, let (code, inner) = members.first, members.count == 1 else {
            return (.null, .object([:]))
        }
        guard case .object(var values) = inner else { return (.text(code), .object([:])) }
        if let reason = values["reason"], case .object(let nested) = reason, nested.count == 1 {
            let (code, innerValues) = coded(reason)
            values["reason"] = .object(["code": code, "values": innerValues])
        }
        return (.text(code), .object(values))
    }
}

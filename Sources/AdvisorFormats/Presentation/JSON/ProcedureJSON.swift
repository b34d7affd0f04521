import AdvisorCore

/// A procedure in JSON.
struct ProcedureJSON: Encodable {
    struct Command: Encodable {
        let command: String
        let note: String?
        let purpose: String?
    }

    struct CodeChange: Encodable {
        let tool: String
        let before: String?
        let after: String
    }

    let title: String
    let commands: [Command]
    let codeChanges: [CodeChange]
    let deploy: String?
    let window: String
    let downtime: String
    let restart: String
    let effort: String
    let wayBack: String
    let irreversible: String?
    let cautions: [String]
    /// The same notes as codes and values, by key.
    let reasons: [String: JSONValue]

    init(_ procedure: Procedure, _ language: any Language) {
        (title, deploy) = (language.headline([procedure.step]), procedure.deploy)
        cautions = procedure.cautions.map(language.sentence)
        commands = procedure.commands.map {
            Command(command: $0.text, note: $0.purpose.map(language.clause), purpose: $0.purpose?.code)
        }
        codeChanges = procedure.changes.map { CodeChange(tool: $0.tool.rawValue, before: $0.before, after: $0.after) }
        window = procedure.window.map(language.clause) ?? ""
        (downtime, restart) = (language.clause(procedure.downtime), language.clause(procedure.restart))
        (effort, wayBack) = (language.clause(procedure.effort), procedure.rollback.map(language.clause) ?? "")
        irreversible = procedure.irreversible.map(language.sentence)
        reasons = [
            "window": procedure.window.map(JSONValue.init) ?? .null, "downtime": JSONValue(procedure.downtime),
            "restart": JSONValue(procedure.restart), "effort": JSONValue(procedure.effort),
            "way_back": procedure.rollback.map(JSONValue.init) ?? .null,
            "irreversible": procedure.irreversible.map(JSONValue.init) ?? .null,
            "cautions": .array(procedure.cautions.map(JSONValue.init)),
        ]
    }
}

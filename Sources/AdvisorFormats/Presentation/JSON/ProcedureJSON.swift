import AdvisorCore

/// A procedure in JSON.
struct ProcedureJSON: Encodable {
    struct Command: Encodable {
        let command: String
        let note: String?
    }

    struct CodeChange: Encodable {
        let file: String
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

    init(_ procedure: Procedure, _ language: any Language) {
        (title, deploy, cautions) = (language.headline([procedure.step]), procedure.deploy, procedure.cautions)
        commands = procedure.commands.map { Command(command: $0.text, note: $0.note) }
        codeChanges = procedure.changes.map { CodeChange(file: $0.file, before: $0.before, after: $0.after) }
        (window, downtime, restart) = (procedure.window, procedure.downtime, procedure.restart)
        (effort, wayBack, irreversible) = (procedure.effort, procedure.rollback, procedure.irreversible)
    }
}

extension Supabase: FamilyRunbook {
    func changeTier(to target: String, _ context: RunbookContext) -> Procedure {
        Procedure(
            commands: [
                Procedure.Command(
                    "# Supabase dashboard: Organization, Billing, Change subscription plan", purpose: .noCommand)
            ],
            changes: [], deploy: nil, downtime: .none, restart: .largerCompute,
            effort: .fiveMinutesWithCard, rollback: .samePage,
            irreversible: nil, cautions: [.organizationPlan])
    }

    func moveIn(to target: String, _ context: RunbookContext) -> Procedure { changeTier(to: target, context) }

    /// The guide's 8.2, step by step.
    func moveOut(to target: String, _ context: RunbookContext) -> Procedure? {
        let environment = context.environment
        let name = (context.stack.name ?? "DualTetraX").filter { $0.isLetter || $0.isNumber }
        let database = "qp_\(name.lowercased())_\(environment)"
        return Procedure(
            commands: [
                Procedure.Command(
                    "pg_dump \"$SUPABASE_DB_URL\" --schema=public --no-owner --no-privileges --file=supabase.sql",
                    purpose: .exportDump),
                Procedure.Command(
                    "cdk deploy \(Shell.quoted("\(name)DB-\(environment)")) \(Shell.quoted("\(name)API-\(environment)")) -c environment=\(environment)",
                    purpose: .deployStacks),
                Procedure.Command(
                    "psql \"host=$DB_ENDPOINT user=dbadmin dbname=\(database) sslmode=require\" --set=ON_ERROR_STOP=1 --single-transaction --file=supabase.sql",
                    purpose: .importDump),
                Procedure.Command(
                    "# environment: SUPABASE_URL becomes AWS_RDS_ENDPOINT", purpose: .configureFunctions),
                Procedure.Command("# DNS: the name points to API Gateway", purpose: .changeName),
            ],
            changes: [], deploy: nil,
            downtime: .untilNameChange,
            restart: .no, effort: .hoursWithRehearsal,
            rollback: .nameBack,
            irreversible: nil,
            cautions: [
                .incompleteDump,
                .extensions,
            ])
    }
}

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

    /// As the guide's 8.2, step by step.
    func moveOut(to target: String, _ context: RunbookContext) -> Procedure? {
        let (id, database) = (context.named("rds"), "app")
        return Procedure(
            commands: [
                Procedure.Command(
                    "pg_dump \"$SUPABASE_DB_URL\" --schema=public --no-owner --no-privileges --file=supabase.sql",
                    purpose: .exportDump),
                Procedure.Command(
                    "aws rds create-db-instance --db-instance-identifier \(id) --engine postgres --db-instance-class \(Shell.quoted(target)) --allocated-storage 20 --storage-type gp3 --db-name \(database) --master-username dbadmin --manage-master-user-password --backup-retention-period 7 --no-publicly-accessible",
                    purpose: .createInstance),
                Procedure.Command("aws rds wait db-instance-available --db-instance-identifier \(id)"),
                Procedure.Command(
                    "psql \"host=$DB_ENDPOINT user=dbadmin dbname=\(database) sslmode=require\" --set=ON_ERROR_STOP=1 --single-transaction --file=supabase.sql",
                    purpose: .importDump),
                Procedure.Command(
                    "# environment: the database's address becomes the endpoint of the instance", purpose: .configureFunctions),
                Procedure.Command("# DNS: the name points to the API on AWS", purpose: .changeName),
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

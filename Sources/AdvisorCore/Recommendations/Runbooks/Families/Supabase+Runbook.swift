extension Supabase: FamilyRunbook {
    func changeTier(to target: String, _ context: RunbookContext) -> Procedure {
        Procedure(
            commands: [
                Procedure.Command(
                    "# Supabase dashboard: Organization, Billing, Change subscription plan", note: "no command available")
            ],
            changes: [], deploy: nil, downtime: "none", restart: "no; a larger compute size restarts the database",
            effort: "five minutes, with a credit card", rollback: "on the same page, at the end of the billing period",
            irreversible: nil,
            window: "", cautions: ["The plan applies to the organization; the compute of each project is billed separately."])
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
                    note: "1. export; the URL is in Supabase's dashboard under Database"),
                Procedure.Command(
                    "cdk deploy \(Shell.quoted("\(name)DB-\(environment)")) \(Shell.quoted("\(name)API-\(environment)")) -c environment=\(environment)",
                    note: "2. the guide's stacks: RDS and Lambda"),
                Procedure.Command(
                    "psql \"host=$DB_ENDPOINT user=dbadmin dbname=\(database) sslmode=require\" --set=ON_ERROR_STOP=1 --single-transaction --file=supabase.sql",
                    note: "3. import, from inside the VPC: the guide's subnets are isolated"),
                Procedure.Command(
                    "# environment: SUPABASE_URL becomes AWS_RDS_ENDPOINT", note: "4. in the configuration of each function"),
                Procedure.Command("# DNS: the name points to API Gateway", note: "5. with a short TTL, set a day before"),
            ],
            changes: [], deploy: nil,
            downtime: "from the export to the DNS change: writes in between are lost, so stop writes first",
            restart: "no", effort: "2 to 4 hours (the guide), plus a rehearsal with a copy",
            rollback:
                "change DNS and environment back to Supabase while nothing has been written to RDS; keep the project for a week",
            irreversible: nil, window: "",
            cautions: [
                "The dump does not contain users of Supabase Auth (schema auth) and files of its storage; the guide's Cognito starts empty.",
                "Row-level security and extensions in the dump must exist on RDS: ON_ERROR_STOP shows the first that does not.",
            ])
    }
}

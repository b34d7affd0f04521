/// Limits are from the catalog: Supabase publishes neither CPU nor memory of a plan.
extension Supabase: FamilySizing {}

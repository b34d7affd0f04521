/// The arguments of `aws_db_instance` and `aws_rds_cluster` of Terraform's AWS provider that an action changes.
enum Terraform {
    static func instance(from: String?, to: String) -> [Procedure.CodeChange] {
        [change(from.map { "instance_class = \"\($0)\"" }, "instance_class = \"\(to)\"")]
    }

    static func storage(from: String?, to: String) -> [Procedure.CodeChange] {
        [change(from.map { "allocated_storage = \($0)" }, "allocated_storage = \(to)")]
    }

    static var multiAZ: [Procedure.CodeChange] { [change("multi_az = false", "multi_az = true")] }

    static func replica(number: Int, of resource: String) -> [Procedure.CodeChange] {
        [
            change(
                nil,
                "resource \"aws_db_instance\" \"replica_\(number)\" { replicate_source_db = \"\(resource)\", instance_class = aws_db_instance.main.instance_class }"
            )
        ]
    }

    static func storageType(from: String, to: String) -> [Procedure.CodeChange] {
        [change("storage_type = \"\(from)\"", "storage_type = \"\(to)\"")]
    }

    static func minimum(from: String, to: String) -> [Procedure.CodeChange] {
        [change("min_capacity = \(from)", "min_capacity = \(to)")]
    }

    static func engine(from: String?, to version: String) -> [Procedure.CodeChange] {
        [
            change(from.map { "engine_version = \"\($0)\"" }, "engine_version = \"\(version)\""),
            change(nil, "allow_major_version_upgrade = true"),
        ]
    }

    static func capacity(from: String?, to: String) -> [Procedure.CodeChange] {
        [change(from.map { "max_capacity = \($0)" }, "max_capacity = \(to)")]
    }

    private static func change(_ before: String?, _ after: String) -> Procedure.CodeChange {
        Procedure.CodeChange(tool: .terraform, before: before, after: after)
    }
}

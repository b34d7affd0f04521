/// The tool that the stack is declared with.
public enum InfrastructureCode: String, CaseIterable, Sendable {
    /// The AWS Cloud Development Kit, in TypeScript.
    case cdk
    /// Terraform or OpenTofu with the AWS provider.
    case terraform
}

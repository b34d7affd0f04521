public import AdvisorCore
public import AdvisorStore

extension Store {
    /// Lets the group that the stack file names read the store.
    /// - Throws: `ExitError` if there is no such group, `StoreFailure` if this user may not give it the file.
    public func allowReaders(of stack: Stack) throws {
        guard let group = stack.unattended.storeGroup, try !allowReading(by: group) else { return }
        throw ExitError(.configuration, "advisor: no group '\(group)' on this system (`store:` of the stack file)")
    }
}

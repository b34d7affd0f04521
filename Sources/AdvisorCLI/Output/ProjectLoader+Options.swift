import AdvisorEngine

extension ProjectLoader {
    /// A loader of the files that options name.
    init(options: any ProjectLocation) {
        self.init(
            paths: options.projectPaths, bundled: Embedded.files.map { BundledFile(path: $0.path, text: $0.text) },
            files: .current)
    }
}

extension ProjectLocation {
    /// Where the parts of the project are looked for.
    var projectPaths: ProjectPaths {
        let (stack, isAsked) = stackPath
        return ProjectPaths(
            stack: stack, requiresStack: isAsked, rules: rulesFolder, ownRules: ownRulesFolder, ownCatalog: ownCatalogFolder,
            data: dataFolder)
    }
}

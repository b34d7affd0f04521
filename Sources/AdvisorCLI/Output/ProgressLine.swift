/// A progress line on standard error; only on a terminal.
struct ProgressLine {
    private let isShown: Bool

    init(isQuiet: Bool) { isShown = !isQuiet && Console.showsProgress }

    func show(_ text: String) { if isShown { Console.progress(text) } }

    /// Removes the line.
    func clear() { if isShown { Console.progress("") } }
}

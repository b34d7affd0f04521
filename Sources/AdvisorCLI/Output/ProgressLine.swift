/// A progress line on standard error; only on a terminal.
struct ProgressLine {
    private let isShown: Bool

    init(isQuiet: Bool) { isShown = !isQuiet && Console.showsProgress }

    func show(_ text: String) { if isShown { Console.raw("\r\u{1B}[K\(text)") } }

    /// Removes the line.
    func clear() { if isShown { Console.raw("\r\u{1B}[K") } }
}

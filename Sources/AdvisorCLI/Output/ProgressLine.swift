/// One line on standard error that says how far a long run is; only on a terminal.
struct ProgressLine {
    private let isShown: Bool

    init(isQuiet: Bool) { isShown = !isQuiet && Console.showsProgress }

    func show(_ text: String) { if isShown { Console.raw("\r\u{1B}[K\(text)") } }

    /// Takes the line away.
    func clear() { if isShown { Console.raw("\r\u{1B}[K") } }
}

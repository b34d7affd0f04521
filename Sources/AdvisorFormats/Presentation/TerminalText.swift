/// Text for terminals, by the layout of the reports.
public enum TerminalText {
    /// Words behind a start, in lines of at most this width; lines after the first are indented.
    public static func wrapped(_ start: String, _ text: String, width: Int, indent: Int) -> String {
        TextLayout.wrapped(start, text, width: width, indent: indent).joined(separator: "\n")
    }
}

internal import Yams

/// Reads a YAML file, collecting all errors with their positions.
///
/// Scalars are read as text, not resolved as in YAML 1.1.
final class YAMLReader {
    let file: String
    private var found: [Diagnostic] = []
    /// The errors so far, without notes, those that are not listed included.
    private(set) var errors = 0
    /// So many diagnostics of a file are listed.
    private static let listed = 1000
    /// The lines of the file without line breaks, used for positions only.
    private var lines: [Substring] = []

    /// The keys that the readers looked up, by section; a test compares them with the schema's.
    private(set) var keysRead: [String: Set<String>] = [:]
    /// Whether the whole file is valid YAML; an empty root is.
    private(set) var isYAML = true

    init(file: String) { self.file = file }

    /// The diagnostics so far, in file order.
    var diagnostics: [Diagnostic] { found.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) } }

    /// Whether no more diagnostics are listed.
    private var isFull: Bool { found.count > Self.listed }

    /// The file's root; nil after noting why it is not valid YAML. An empty file has none either.
    func root(_ text: String) -> YAMLValue? {
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        if let problem = YAMLExpansion.problem(in: text) {
            isYAML = false
            let column = column(line: problem.line, scalar: problem.column)
            found.append(Diagnostic(file: file, line: problem.line, column: column, problem: problem.words))
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
                found.append(Diagnostic(file: file, problem: "empty file"))
                return nil
            }
            return YAMLValue(node: node, reader: self)
        } catch let error as YamlError {
            isYAML = false
            found.append(diagnostic(error))
        } catch {
            isYAML = false
            found.append(Diagnostic(file: file, problem: "\(error)"))
        }
        return nil
    }

    /// Notes a problem. What it is and its column are determined only if it is listed.
    func note(_ problem: () -> String, line: Int, column: () -> Int, isNote: Bool = false) {
        if !isNote { errors += 1 }
        guard !isFull else { return }
        if found.count == Self.listed {
            return found.append(
                Diagnostic(file: file, line: line, problem: "more than \(Self.listed) problems; only the first are listed"))
        }
        found.append(Diagnostic(file: file, line: line, column: column(), problem: problem(), isNote: isNote))
    }

    func reads(_ section: Section) { keysRead[section.what, default: []].formUnion([]) }

    func reads(_ key: String, of section: Section) {
        assert(section.fields.contains { $0.name == key }, "\(section.what) has no key '\(key)'; add a Field")
        keysRead[section.what, default: []].insert(key)
    }

    /// A line, from 1; empty if the file does not have it.
    func line(_ number: Int) -> Substring { lines.indices.contains(number - 1) ? lines[number - 1] : "" }

    func column(_ mark: Mark) -> Int { column(line: mark.line, scalar: mark.column) }

    /// libyaml counts columns in Unicode scalars, users in characters.
    private func column(line number: Int, scalar: Int) -> Int {
        guard number > 0, scalar > 0 else { return 1 }
        return String(line(number).unicodeScalars.prefix(scalar - 1)).count + 1
    }
}

extension YAMLReader {
    private func diagnostic(_ error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            return Diagnostic(
                file: file, line: mark.line, column: column(mark), problem: "invalid YAML: \(problem)\(hint(line(mark.line)))")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let name = duplicates.first ?? "?"
            let column = column(context.mark)
            let second = secondLine(of: name, after: context.mark.line, column: column)
            return Diagnostic(
                file: file, line: second ?? context.mark.line, column: column,
                problem: "duplicate key '\(name)'")
        case .reader(let problem, let offset, _, _):
            return unreadable(problem, after: offset)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return Diagnostic(file: file, problem: "invalid YAML")
        }
    }

    /// A suggestion for a common error in rules.
    private func hint(_ line: Substring) -> String {
        let words = line.split(separator: ":", maxSplits: 1)
        guard words.count == 2, let key = words[0].split(whereSeparator: { " -".contains($0) }).last,
            ["when", "where", "clear"].contains(key)
        else { return "" }
        let value = words[1].drop { $0 == " " }
        guard let first = value.first, "\"'[{!&%@`".contains(first) else { return "" }
        return "; quote an expression that begins with \(first)"
    }

    /// The position of a duplicate key in a block mapping: at the same column, before any smaller one.
    private func secondLine(of key: String, after first: Int, column: Int) -> Int? {
        guard first < lines.count else { return nil }
        for (index, line) in lines[first...].enumerated() {
            let text = line.drop { $0 == " " }
            let indent = line.count - text.count + 1
            if text.isEmpty || text.first == "#" { continue }
            if indent < column { return nil }
            if indent == column, text.hasPrefix("\(key):") { return first + index + 1 }
        }
        return nil
    }

    private func unreadable(_ problem: String, after offset: Int?) -> Diagnostic {
        var rest = offset ?? 0
        for (index, line) in lines.enumerated() where offset != nil {
            if rest <= line.count {
                return Diagnostic(
                    file: file, line: index + 1, column: rest + 1, problem: "invalid text: \(problem)")
            }
            rest -= line.count + 1
        }
        return Diagnostic(file: file, problem: "invalid text: \(problem)")
    }
}

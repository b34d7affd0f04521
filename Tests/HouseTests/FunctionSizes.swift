/// A function, an initializer, a subscript or a computed property.
struct FunctionSpan {
    /// `evaluate`, `init`.
    var name: String
    /// Where it begins, from 1.
    var line: Int
    /// From its first line to its closing brace.
    var lines: Int
    var parameters: Int
    /// Whether it is an initializer that only assigns.
    var isMemberwise: Bool
}

extension SourceText {
    /// Every function of a source that swift-format has formatted: a body ends with a brace below its first letter.
    func functions() -> [FunctionSpan] { code.indices.compactMap(function) }

    private func function(at index: Int) -> FunctionSpan? {
        let line = code[index]
        guard let name = declaredFunction(in: line) else { return nil }
        let isProperty = line.contains("var ")
        guard let head = isProperty ? (end: index, parameters: 0) : signature(from: index) else { return nil }
        let last = code[head.end].last { $0 != " " }
        var end = head.end
        if last == "{" {
            let brace = line.prefix { $0 == " " } + "}"
            end = code[(head.end + 1)...].firstIndex { $0.hasPrefix(brace) } ?? head.end
        }
        let body = code[(head.end)..<max(end, head.end + 1)].dropFirst()
        return FunctionSpan(
            name: name, line: index + 1, lines: end - index + 1, parameters: head.parameters,
            isMemberwise: name == "init" && !body.contains(where: Self.decides))
    }

    /// The name where a line declares a function; nil for every other line.
    private func declaredFunction(in line: Substring) -> String? {
        let words = line.split { $0 == " " || $0 == "(" || $0 == "<" || $0 == "?" || $0 == ":" }
        let modifiers: Set<Substring> = [
            "public", "private", "fileprivate", "internal", "package", "static", "mutating", "override", "final", "convenience",
            "nonisolated", "required", "prefix", "@discardableResult", "@inline", "__always)",
        ]
        guard let index = words.firstIndex(where: { !modifiers.contains($0) }) else { return nil }
        switch words[index] {
        case "init", "subscript": return String(words[index])
        case "func": return index + 1 < words.count ? String(words[index + 1]) : "func"
        case "var": return line.last { $0 != " " } == "{" && index + 1 < words.count ? String(words[index + 1]) : nil
        default: return nil
        }
    }

    /// The last line of a signature, with its number of parameters; nil where there is no list of them.
    private func signature(from index: Int) -> (end: Int, parameters: Int)? {
        var depth = 0
        var (commas, isEmpty) = (0, true)
        var before: Character = " "
        for number in index..<min(index + 20, code.count) {
            for character in code[number] {
                switch character {
                case "(", "[", "{":
                    if depth > 0 { isEmpty = false }
                    depth += 1
                case "<": if depth > 0 { depth += 1 }
                case ">": if depth > 1, before != "-" { depth -= 1 }
                case ")", "]", "}":
                    depth -= 1
                    if depth == 0 { return (bodyStart(from: number), isEmpty ? 0 : commas + 1) }
                case ",": if depth == 1 { commas += 1 }
                case " ": break
                default: if depth > 0 { isEmpty = false }
                }
                before = character
            }
        }
        return nil
    }

    /// The line that opens the body, from the line that ends the parameters on; that line itself where there is none.
    private func bodyStart(from index: Int) -> Int {
        for number in index..<min(index + 4, code.count) {
            if number > index {
                let text = code[number].drop { $0 == " " }
                guard ["->", "where", "throws", "async", "{"].contains(where: text.hasPrefix) else { return index }
            }
            if code[number].last(where: { $0 != " " }) == "{" { return number }
        }
        return index
    }

    /// Whether a line does more than assign.
    private static func decides(_ line: Substring) -> Bool {
        let words = line.split { !$0.isLetter }
        return ["if", "guard", "for", "while", "switch", "let", "var", "return"].contains { words.contains($0) }
    }
}

import Foundation

/// The layers of AdvisorCore: a folder may name types of the folders below it, never above.
struct Layers {
    /// A file of AdvisorCore, taken apart.
    struct File {
        /// From Sources on: `AdvisorCore/Rules/Rule.swift`.
        let path: String
        let code: [Substring]

        init(path: String, code: [Substring]) { (self.path, self.code) = (path, code) }

        init(path: String, text: String) { self.init(path: path, code: SourceText(text).code) }

        /// `Rules`; empty for a file beside the folders.
        var folder: String {
            let parts = path.split(separator: "/")
            return parts.count > 2 ? String(parts[1]) : ""
        }

        /// `Rule`.
        var name: String { String((path.split(separator: "/").last ?? "").prefix { $0 != "." }) }
    }

    /// The folders, the lowest first.
    let folders: [String]

    /// Reads the list: a folder a line, `#` begins a comment.
    init(_ text: String) {
        folders = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    /// The list of this repository.
    static func ofThisRepository() throws -> Layers {
        let file = URL(filePath: #filePath).appending(path: "../layers.txt").standardized
        return Layers(try String(contentsOf: file, encoding: .utf8))
    }

    /// Every reference to a type of a folder above, each as `file:line: what; what instead`.
    func violations(in files: [File]) -> [String] {
        var folderOfType: [String: String] = [:]
        for file in files {
            for type in file.declaredTypes {
                // A name that several folders declare counts as the lowest one's.
                guard let known = folderOfType[type], (number(of: known) ?? 0) <= (number(of: file.folder) ?? 0) else {
                    folderOfType[type] = file.folder
                    continue
                }
            }
        }
        return files.flatMap { violations(in: $0, folderOfType) }
    }

    private func violations(in file: File, _ folderOfType: [String: String]) -> [String] {
        guard let own = number(of: file.folder) else {
            return ["Sources/\(file.path): the folder '\(file.folder)' is in no layer; add it to Tests/HouseTests/layers.txt"]
        }
        let nested = Set(file.nestedTypes)
        return file.code.enumerated().flatMap { index, line in
            line.typeNames.compactMap { type -> String? in
                guard let folder = folderOfType[type], let other = number(of: folder), other > own, !nested.contains(type)
                else { return nil }
                return """
                    Sources/\(file.path):\(index + 1): \(file.name) (layer \(own), \(file.folder)) may not name \(type) \
                    (layer \(other), \(folder)); take the values that it needs as arguments, or move this code to \(folder)
                    """
            }
        }
    }

    private func number(of folder: String) -> Int? { folders.firstIndex(of: folder) }
}

extension Layers.File {
    /// The types that other files can name: those declared at the left margin that are not private.
    fileprivate var declaredTypes: [String] {
        code.filter { $0.first != " " }.compactMap(Self.declaredType)
    }

    /// The types within others, which hide those of the same name elsewhere.
    fileprivate var nestedTypes: [String] { code.filter { $0.first == " " }.compactMap(Self.declaredType) }

    private static func declaredType(in line: Substring) -> String? {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        guard !words.contains("private"), !words.contains("fileprivate") else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        guard let index = words.firstIndex(where: kinds.contains), index + 1 < words.count else { return nil }
        return String(words[index + 1])
    }
}

extension Substring {
    /// The words that begin with a capital letter and are not members of something else: `Rule` in `[Rule.Kind]`.
    fileprivate var typeNames: [String] {
        var result: [String] = []
        var word = ""
        var isMember = false
        var before: Character = " "
        for character in self + " " {
            if character.isLetter || character.isNumber || character == "_" {
                if word.isEmpty { isMember = before == "." }
                word.append(character)
            } else {
                if !isMember, word.first?.isUppercase == true { result.append(word) }
                word = ""
            }
            before = character
        }
        return result
    }
}

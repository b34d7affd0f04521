internal import CYaml

/// What would make a YAML text cost more than its length: values that aliases repeat, and keys that are collections, which are
/// hashed and compared in full.
enum YAMLExpansion {
    /// The maximum number of values that the aliases of a file repeat, nested ones included.
    static let limit = 1_000_000

    /// Why a text is not expanded, and where; line and column from 1, the column in Unicode scalars.
    struct Problem {
        var words: String
        var line: Int
        var column: Int

        init(_ words: String, at mark: yaml_mark_t) {
            (self.words, line, column) = (words, Int(mark.line) + 1, Int(mark.column) + 1)
        }
    }

    /// The first problem of a text, found without expanding it; nil without any, and for invalid YAML.
    static func problem(in text: String) -> Problem? {
        var text = text
        return text.withUTF8 { bytes in
            guard isSuspect(bytes) else { return nil }
            var parser = yaml_parser_t()
            guard yaml_parser_initialize(&parser) == 1 else { return nil }
            defer { yaml_parser_delete(&parser) }
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            var counter = ExpansionCounter()
            while true {
                var event = yaml_event_t()
                guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
                defer { yaml_event_delete(&event) }
                if let problem = counter.problem(of: event) { return problem }
                if event.type == YAML_DOCUMENT_END_EVENT || event.type == YAML_STREAM_END_EVENT { return nil }
            }
        }
    }

    /// Whether the text may have anchors, or keys that are collections: `&a`, `? [b]`, `[b]: c`.
    private static func isSuspect(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isAfterCollection = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "?"): return true
            case UInt8(ascii: ":") where isAfterCollection: return true
            case UInt8(ascii: "]"), UInt8(ascii: "}"): isAfterCollection = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            default: isAfterCollection = false
            }
        }
        return false
    }
}

/// Counts the values of the events of a parser, with those that aliases repeat.
private struct ExpansionCounter {
    private struct Collection {
        var anchor: String?
        var isMapping: Bool
        var start: yaml_mark_t
        /// The values directly in it; in a mapping every second one is a key.
        var children = 0
        /// The values in it at any depth, expanded.
        var size = 1
    }

    private var open: [Collection] = []
    /// The expanded size of each anchor, and whether it is a collection.
    private var anchors: [String: (size: Int, isCollection: Bool)] = [:]
    private var repeated = 0

    mutating func problem(of event: yaml_event_t) -> YAMLExpansion.Problem? {
        switch event.type {
        case YAML_ALIAS_EVENT:
            guard let name = Self.text(event.data.alias.anchor), let value = anchors[name] else { return nil }
            repeated += value.size
            guard repeated <= YAMLExpansion.limit else {
                return YAMLExpansion.Problem(
                    "the aliases of the file repeat more than \(YAMLExpansion.limit) values", at: event.start_mark)
            }
            return add(value.size, isCollection: value.isCollection, at: event.start_mark)
        case YAML_SCALAR_EVENT:
            if let name = Self.text(event.data.scalar.anchor) { anchors[name] = (1, false) }
            return add(1, isCollection: false, at: event.start_mark)
        case YAML_SEQUENCE_START_EVENT:
            let anchor = Self.text(event.data.sequence_start.anchor)
            open.append(Collection(anchor: anchor, isMapping: false, start: event.start_mark))
        case YAML_MAPPING_START_EVENT:
            let anchor = Self.text(event.data.mapping_start.anchor)
            open.append(Collection(anchor: anchor, isMapping: true, start: event.start_mark))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            guard let collection = open.popLast() else { return nil }
            if let anchor = collection.anchor { anchors[anchor] = (collection.size, true) }
            return add(collection.size, isCollection: true, at: collection.start)
        default: break
        }
        return nil
    }

    /// Adds a value to the innermost collection.
    private mutating func add(_ size: Int, isCollection: Bool, at mark: yaml_mark_t) -> YAMLExpansion.Problem? {
        guard let last = open.indices.last else { return nil }
        let isKey = open[last].isMapping && open[last].children.isMultiple(of: 2)
        open[last].children += 1
        open[last].size += size
        return isKey && isCollection ? YAMLExpansion.Problem("a key must be text, not a list or a mapping", at: mark) : nil
    }

    private static func text(_ anchor: UnsafePointer<yaml_char_t>?) -> String? { anchor.map { String(cString: $0) } }
}

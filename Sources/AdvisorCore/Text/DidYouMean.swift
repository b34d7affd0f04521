/// Suggests the intended word for a misspelled one.
public enum DidYouMean {
    /// The candidate with the smallest edit distance; nil if none is close.
    public static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, word.count / 3)
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let distance = distance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
            guard distance <= limit || candidate.hasPrefix(word) && word.count >= 3 else { continue }
            if let best, (best.distance, best.word) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.word
    }

    /// `; did you mean 'x'?`, or an empty string.
    public static func hint(for word: String, among candidates: some Sequence<String>) -> String {
        closest(to: word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The number of letters to insert, delete, replace, or swap with the next one, ignoring case.
    static func distance(_ left: String, _ right: String) -> Int {
        distance(Array(left.lowercased().utf8), Array(right.lowercased().utf8))
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count < 100, right.count < 100 else { return 100 }
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var cost = min(rows[i][j] + (left[i] == right[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}

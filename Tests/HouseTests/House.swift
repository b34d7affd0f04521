/// What each target may import and which words its code may not use. CONTRIBUTING.md explains it.
enum House {
    /// Files of more than 300 lines, by their path under Sources, and why each is one file.
    static let longFiles: [String: String] = [:]

    /// The most lines of a function.
    static let longestFunction = 60
    /// The most parameters of a function that is no memberwise initializer.
    static let mostParameters = 6

    /// Functions over these limits, as `path name`, and why.
    static let largeFunctions: [String: String] = [:]

    /// Every target.
    static let targets: [Target] = [
        Target(
            "AdvisorCore", imports: ["Algorithms"],
            words: [
                Word("Date()", instead: "take the time as an argument"),
                Word("Date.now", instead: "take the time as an argument"),
                Word("ContinuousClock", instead: "take the time as an argument"),
                Word("UUID()", instead: "derive the id from what it names, or take it as an argument"),
                Word(".random", instead: "take the value as an argument"),
                Word("SystemRandomNumberGenerator", instead: "take the value as an argument"),
                Word("FileManager", instead: "take the content as an argument; AdvisorCLI opens files"),
                Word("ProcessInfo", instead: "take the value as an argument; AdvisorCLI reads the environment"),
                Word("print(", instead: "give the text back; AdvisorCLI writes it"),
                Word("async", instead: "decide without waiting; the targets above fetch first"),
            ]),
        Target(
            "AdvisorFormats", imports: ["AdvisorCore", "Yams", "CYaml", "CZlib"],
            words: [
                Word("FileManager", instead: "take the bytes as an argument; AdvisorCLI opens files"),
                Word("FileHandle", instead: "take the bytes as an argument; AdvisorCLI opens files"),
                Word("Data(contentsOf", instead: "take the bytes as an argument; AdvisorCLI opens files"),
                Word("String(contentsOf", instead: "take the text as an argument; AdvisorCLI opens files"),
                Word("fopen(", instead: "take the bytes as an argument; AdvisorCLI opens files"),
                Word("gzopen(", instead: "inflate the bytes given"),
                Word("Date()", instead: "take the time as an argument"),
                Word("Date.now", instead: "take the time as an argument"),
                Word("print(", instead: "give the text back; AdvisorCLI writes it"),
            ]),
        Target(
            "AdvisorStore", imports: ["AdvisorCore", "GRDB", "Synchronization"],
            importsOfFiles: ["SampleStatement.swift": ["GRDBSQLite"]],
            words: [
                Word("Date()", instead: "take the time as an argument"),
                Word("Date.now", instead: "take the time as an argument"),
                Word("URLSession", instead: "leave the network to AdvisorNetwork"),
                Word("print(", instead: "give the text back; AdvisorCLI writes it"),
            ]),
        Target(
            "AdvisorNetwork",
            imports: [
                "AdvisorCore", "CCurl", "CSpawn", "Crypto", "Glibc", "Synchronization",
            ],
            words: Word.aboveTheStore + [
                Word(
                    "URLSession",
                    instead: "use HTTPClient: on Linux it reads an endless body to its end, and a redirect can end the program")
            ]),
        Target(
            "AdvisorEngine",
            imports: [
                "AdvisorCore", "AdvisorFormats", "AdvisorStore", "AdvisorNetwork", "Logging", "Dispatch", "Glibc",
                "Synchronization",
            ],
            words: Word.aboveTheStore),
        Target(
            "AdvisorServer",
            imports: [
                "AdvisorCore", "AdvisorEngine", "AdvisorFormats", "AdvisorStore", "AdvisorNetwork", "Hummingbird", "Mustache",
                "ServiceLifecycle",
                "Logging", "Metrics",
            ],
            words: Word.aboveTheStore),
        Target(
            "AdvisorCLI",
            imports: [
                "AdvisorCore", "AdvisorEngine", "AdvisorFormats", "AdvisorStore", "AdvisorNetwork", "ArgumentParser", "Logging",
                "Dispatch",
                "Glibc", "Synchronization",
            ],
            words: [Word("Decimal", instead: "let AdvisorCore compute: Money, CostEstimate")]),
        Target("advisor", imports: ["AdvisorCLI"], words: []),
        Target("CZlib", imports: [], words: []),
        Target("CCurl", imports: [], words: []),
        Target("CSpawn", imports: [], words: []),
    ]
}

/// One target and its rules. Foundation may be imported everywhere.
struct Target {
    /// The target's name, and its folder's under Sources.
    let name: String
    /// What every file may import.
    let imports: Set<String>
    /// What some files may import besides, by the file's name.
    let importsOfFiles: [String: Set<String>]
    /// Words that its code may not use.
    let words: [Word]

    init(_ name: String, imports: Set<String>, importsOfFiles: [String: Set<String>] = [:], words: [Word]) {
        self.name = name
        self.imports = imports.union(["Foundation"])
        self.importsOfFiles = importsOfFiles
        self.words = words
    }
}

/// A word that the code of a target may not use.
struct Word {
    /// Where it is looked for.
    enum Side { case code, strings }

    let text: String
    /// What to do in its place.
    let instead: String
    let side: Side

    init(_ text: String, instead: String, in side: Side = .code) {
        (self.text, self.instead, self.side) = (text, instead, side)
    }

    /// For the targets above the store, which log instead of printing.
    static let aboveTheStore = [
        Word("print(", instead: "log, or give the text back"),
        Word("SELECT ", instead: "ask AdvisorStore's Store", in: .strings),
        Word("INSERT INTO", instead: "ask AdvisorStore's Store", in: .strings),
        Word("DELETE FROM", instead: "ask AdvisorStore's Store", in: .strings),
        Word("CREATE TABLE", instead: "write a migration in AdvisorStore", in: .strings),
    ]

    /// Whether a line contains it, and not as a part of a longer word.
    func isIn(_ line: Substring) -> Bool {
        line.ranges(of: text).contains { range in
            let continuesBefore = line[..<range.lowerBound].last?.isPartOfWord == true && text.first?.isPartOfWord == true
            let continuesAfter = line[range.upperBound...].first?.isPartOfWord == true && text.last?.isPartOfWord == true
            return !continuesBefore && !continuesAfter
        }
    }
}

extension Character {
    /// Whether it can stand within a name.
    fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}

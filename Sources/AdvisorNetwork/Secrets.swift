internal import AdvisorCore
internal import Foundation

/// Why a receiver cannot be used as configured.
public struct SecretFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problem and its location; never the secret.
    public var problem: String
    /// The problem.
    public var description: String { problem }

    init(problem: String) { self.problem = problem }
}

/// Reads secrets from their locations.
public struct SecretReader: Sendable {
    /// The folder for relative paths.
    public var folder: String
    /// The environment of the program.
    public var environment: [String: String]
    private static let limit = 65_536

    /// Creates a reader for a folder and environment.
    public init(folder: String, environment: [String: String]) { (self.folder, self.environment) = (folder, environment) }

    /// The secrets at a location: several, one per line, during a rotation.
    func secrets(_ place: Stack.SecretPlace) throws(SecretFailure) -> [String] {
        let (name, text) = try text(place)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !words.isEmpty else { throw SecretFailure(problem: "\(name) is empty") }
        return words
    }

    /// The URL at a location.
    func url(_ place: Stack.SecretPlace) throws(SecretFailure) -> URL {
        let (name, text) = try text(place)
        let word = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !word.isEmpty else { throw SecretFailure(problem: "\(name) is empty") }
        guard !word.contains(where: \.isWhitespace), let url = URL(string: word), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = url.host(), !host.isEmpty
        else { throw SecretFailure(problem: "\(name) holds no URL such as https://…") }
        return url
    }

    private func text(_ place: Stack.SecretPlace) throws(SecretFailure) -> (name: String, text: String) {
        switch place {
        case .file(let path): return (path, try file(path.hasPrefix("/") ? path : "\(folder)/\(path)", called: path))
        case .environment(let name):
            guard let text = environment[name], !text.isEmpty else {
                throw SecretFailure(problem: "the environment variable \(name) is not set")
            }
            return ("the environment variable \(name)", text)
        case .credential(let name):
            guard let place = environment["CREDENTIALS_DIRECTORY"], !place.isEmpty else {
                throw SecretFailure(
                    problem: "the credential '\(name)' is there only under systemd, with LoadCredential=\(name):/path")
            }
            guard !name.contains("/"), name != "..", name != "." else {
                throw SecretFailure(problem: "the credential '\(name)' is a name, not a path")
            }
            return ("the credential '\(name)'", try file("\(place)/\(name)", called: "the credential '\(name)'"))
        }
    }

    private func file(_ path: String, called name: String) throws(SecretFailure) -> String {
        guard FileManager.default.fileExists(atPath: path) else { throw SecretFailure(problem: "\(name): no such file") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SecretFailure(problem: "\(name): cannot be read")
        }
        guard data.count <= Self.limit, let text = String(bytes: data, encoding: .utf8) else {
            throw SecretFailure(problem: "\(name): holds no secret, but something else")
        }
        return text
    }
}

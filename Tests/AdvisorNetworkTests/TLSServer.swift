import AdvisorTestSupport
import Foundation

/// OpenSSL's own test server with a certificate of its own making.
final class TLSServer {
    let port: Int
    private let process: Process

    static let openssl = "/usr/bin/openssl"

    init(_ folder: TemporaryFolder) throws {
        let (key, certificate) = (folder.url.path + "/tls.key", folder.url.path + "/tls.pem")
        let make = Process()
        make.executableURL = URL(filePath: Self.openssl)
        make.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-subj", "/CN=127.0.0.1",
            "-days", "2",
        ]
        make.standardError = FileHandle.nullDevice
        try make.run()
        make.waitUntilExit()
        // A free port: taken once, and given back.
        let probe = try LoopbackServer(.silence)
        port = probe.port
        probe.stop()
        process = Process()
        process.executableURL = URL(filePath: Self.openssl)
        process.arguments = ["s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", certificate, "-quiet"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: 0.5)
    }

    deinit {
        // SIGTERM is blocked in what a dispatch thread starts; SIGKILL cannot be.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

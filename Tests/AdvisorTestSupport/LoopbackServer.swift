import Dispatch
import Foundation
import Glibc

/// A real HTTP server on loopback that behaves as configured, and remembers what it was sent.
package final class LoopbackServer: @unchecked Sendable {
    /// How a request is met.
    package enum Conduct: Sendable {
        /// An answer with a body.
        case answer(Int, headers: [String: String] = [:], body: String = "")
        /// The answer, after a while.
        case delayed(Double, Int, body: String = "")
        /// Nothing at all, for ever.
        case silence
        /// The connection is closed, with half an answer or none.
        case cut(afterHalf: Bool)
        /// Status and headers, then a byte now and then, for ever.
        case drip(Int)
        /// Headers that never end.
        case dripHeaders
        /// These bytes, whatever they are, and the end.
        case raw([UInt8])
        /// Status and headers, then bytes as fast as they go, for ever.
        case flood(Int)
        /// As a proxy: connected to this port of loopback, to the end.
        case tunnel(Int)
    }

    /// What was sent.
    package struct Request: Sendable {
        package var line: String
        /// Names in lower case.
        package var headers: [String: String]
        package var body: String

        package var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    }

    package let port: Int
    private let listener: Int32
    private let lock = NSLock()
    // Under the lock.
    private var plan: [Conduct]
    private var seen: [Request] = []
    private var sent = 0
    private var isClosed = false

    /// Meets one request after another by the plan; its last conduct stays.
    package init(_ plan: [Conduct]) throws {
        self.plan = plan
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    Glibc.close(connection)
                    return
                }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    package convenience init(_ conduct: Conduct) throws { try self.init([conduct]) }

    deinit { stop() }

    /// Accepts no more.
    package func stop() {
        let wasClosed = lock.withLock {
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    package var requests: [Request] { lock.withLock { seen } }
    /// Bytes of endless bodies that went out.
    package var bytesSent: Int { lock.withLock { sent } }

    package func url(_ path: String = "/hook") -> String { "http://127.0.0.1:\(port)\(path)" }

    private func serve(_ connection: Int32) {
        defer { Glibc.close(connection) }
        guard let request = read(connection) else { return }
        let conduct = lock.withLock {
            seen.append(request)
            return plan.count > 1 ? plan.removeFirst() : plan[0]
        }
        switch conduct {
        case .answer(let status, let headers, let body): write(connection, Self.answer(status, headers, body))
        case .delayed(let seconds, let status, let body):
            Thread.sleep(forTimeInterval: seconds)
            write(connection, Self.answer(status, [:], body))
        case .silence: hold(connection)
        case .cut(let afterHalf):
            if afterHalf { write(connection, "HTTP/1.1 200 OK\r\nContent-Le") }
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        case .drip(let status):
            write(connection, "HTTP/1.1 \(status) Said\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n")
            while write(connection, ".") { Thread.sleep(forTimeInterval: 0.05) }
        case .dripHeaders:
            write(connection, "HTTP/1.1 200 OK\r\n")
            var number = 0
            while write(connection, "X-\(number): a\r\n") {
                number += 1
                Thread.sleep(forTimeInterval: 0.05)
            }
        case .raw(let bytes): write(connection, bytes)
        case .tunnel(let port): tunnel(connection, to: port)
        case .flood(let status):
            write(connection, "HTTP/1.1 \(status) Said\r\nContent-Type: text/plain\r\n\r\n")
            let block = String(repeating: "x", count: 65_536)
            while write(connection, block) { lock.withLock { sent += block.utf8.count } }
        }
    }

    private func tunnel(_ connection: Int32, to port: Int) {
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(other) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected, write(connection, "HTTP/1.1 200 Connection established\r\n\r\n") else { return }
        let done = DispatchSemaphore(value: 0)
        for (from, to) in [(connection, other), (other, connection)] {
            Thread.detachNewThread {
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(from, &buffer, buffer.count, 0)
                    guard count > 0, self.write(to, Array(buffer[..<count])) else { break }
                }
                shutdown(to, Int32(SHUT_RDWR))
                done.signal()
            }
        }
        done.wait()
        done.wait()
    }

    /// Until the other side leaves.
    private func hold(_ connection: Int32) {
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
    }

    private static func answer(_ status: Int, _ headers: [String: String], _ body: String) -> String {
        let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        let length = status == 204 ? "" : "Content-Length: \(body.utf8.count)\r\n"
        return "HTTP/1.1 \(status) Said\r\n\(lines)\(length)Connection: close\r\n\r\n\(body)"
    }

    @discardableResult
    private func write(_ connection: Int32, _ text: String) -> Bool { write(connection, Array(text.utf8)) }

    @discardableResult
    private func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var (head, length) = (0, 0)
        var headers: [String: String] = [:]
        var line = ""
        while head == 0 || bytes.count < head + length {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            guard head == 0, let end = bytes.firstRange(of: [13, 10, 13, 10]) else { continue }
            head = end.upperBound
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
            line = lines.first ?? ""
            for header in lines.dropFirst() {
                guard let colon = header.firstIndex(of: ":") else { continue }
                headers[header[..<colon].lowercased()] = header[header.index(after: colon)...].trimmingCharacters(
                    in: .whitespaces)
            }
            length = headers["content-length"].flatMap(Int.init) ?? 0
        }
        return Request(line: line, headers: headers, body: String(decoding: bytes[head..<head + length], as: UTF8.self))
    }
}

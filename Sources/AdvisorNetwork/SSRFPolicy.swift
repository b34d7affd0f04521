internal import AdvisorCore
internal import Foundation
internal import Glibc

/// Prevents requests to loopback, private networks and cloud metadata.
///
/// The address of each connection is checked, so a name server that changes its response (DNS rebinding) gains nothing. It
/// does not prevent the following: behind a proxy, the proxy resolves the name and only the URL is checked; a public address
/// may itself forward to a private one.
struct SSRFPolicy: Sendable {
    var allowsPrivate: Bool
    /// Whether a proxy connects.
    var isProxied = false
    /// `http` or `https`.
    var scheme: String

    /// Throws if the URL is not allowed; messages contain the host, never the path.
    func check(_ url: URL) throws(DeliveryFailure) {
        guard ["http", "https"].contains(scheme.lowercased()), let host = url.host(percentEncoded: false), !host.isEmpty else {
            throw .retryable(reason: "the URL is none of https://…", after: nil)
        }
        if scheme.lowercased() == "http", !allowsPrivate {
            throw .retryable(
                reason: "the URL is plain http; https is needed, or `allow_private: true` for a host of your own", after: nil)
        }
        let bare = host.trimmingCharacters(in: ["[", "]"]).lowercased()
        let isLocalName = bare == "localhost" || bare.hasSuffix(".localhost")
        let written = IPAddress.written(bare)
        // An address in the URL itself can be checked even behind a proxy.
        if let written, let problem = SSRFPolicy(allowsPrivate: allowsPrivate, scheme: scheme).refusal(of: written) {
            throw .retryable(reason: problem, after: nil)
        }
        if isLocalName, !allowsPrivate { throw .retryable(reason: Self.words("localhost"), after: nil) }
    }

    /// Why an address is not allowed; nil if it is.
    func refusal(of address: IPAddress) -> String? {
        if address.isPrivate { return allowsPrivate || isProxied ? nil : Self.words(address.description) }
        return scheme.lowercased() == "http" ? "plain http only goes to private addresses; \(address) is public" : nil
    }

    private static func words(_ address: String) -> String {
        "\(address) is a private address; say `allow_private: true` if that is meant"
    }
}

/// An IPv4 or IPv6 address.
struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four or sixteen bytes.
    let bytes: [UInt8]

    /// The address of a socket; nil for other families.
    init?(_ place: UnsafeRawPointer, family: Int32) {
        switch family {
        case AF_INET:
            let address = place.loadUnaligned(as: sockaddr_in.self)
            bytes = withUnsafeBytes(of: address.sin_addr) { Array($0) }
        case AF_INET6:
            let address = place.loadUnaligned(as: sockaddr_in6.self)
            bytes = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
        default: return nil
        }
    }

    /// Parses an address in any notation that the system accepts: `127.1`, `0x7f000001`, `::1`; nil for a name.
    static func written(_ text: String) -> IPAddress? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(text, nil, &hints, &list) == 0 else { return nil }
        defer { freeaddrinfo(list) }
        return list.flatMap { entry in entry.pointee.ai_addr.flatMap { IPAddress($0, family: entry.pointee.ai_family) } }
    }

    /// Whether it is not public: IANA's special-purpose registries, and multicast.
    var isPrivate: Bool { bytes.count == 4 ? Self.isPrivateV4(bytes) : isPrivateV6 }

    private static func isPrivateV4(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _): true
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100), (203, 0, 113), (224..., _, _): true
        default: false
        }
    }

    private var isPrivateV6: Bool {
        let tail = Array(bytes[12...])
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        let isCompatible = bytes[..<12].allSatisfy { $0 == 0 }
        if isMapped || isCompatible { return Self.isPrivateV4(tail) }
        switch (bytes[0], bytes[1]) {
        case (0xFC...0xFD, _), (0xFF, _), (0xFE, 0x80...): return true
        // NAT64 and 6to4 contain an IPv4 address.
        case (0x00, 0x64): return Array(bytes[2..<12]) == [0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] ? Self.isPrivateV4(tail) : true
        case (0x20, 0x02): return Self.isPrivateV4(Array(bytes[2...5]))
        // Teredo, benchmarking, documentation, discard-only.
        case (0x20, 0x01): return bytes[2] < 2 || bytes[2] == 0x0D && bytes[3] == 0xB8
        case (0x01, 0x00), (0x00, _): return true
        default: return false
        }
    }

    var description: String {
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard bytes.withUnsafeBytes({ inet_ntop(family, $0.baseAddress, &text, socklen_t(INET6_ADDRSTRLEN)) }) != nil else {
            return "?"
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

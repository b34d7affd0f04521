internal import AdvisorCore
internal import CCurl
internal import Foundation
internal import Glibc

/// Sends POST requests: no redirects, no cookies, a limited body, a strict deadline.
///
/// It uses libcurl: Foundation's URLSession reads an endless body faster than it can be stopped, has no deadline for a whole
/// exchange, and does not report the address it connects to.
struct HTTPClient: Sendable {
    /// Whether loopback, private and link-local addresses, and plain HTTP for them, are allowed.
    var allowsPrivate = false
    /// The maximum number of bytes read of a body.
    var bodyLimit = 65_536
    /// The proxy of the environment for HTTPS; receivers that allow private addresses are reached without it.
    var proxy: String?

    static let userAgent = "advisor/0.1"

    /// Creates a client that uses the proxy of the environment.
    init(environment: [String: String]) {
        let names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        proxy = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    /// Once per process, before the first handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Sends a request.
    /// - Returns: The response, when its body is complete, at its limit, or cut by the deadline.
    /// - Throws: Why there was no response, without the URL.
    func post(_ request: HTTPRequest, at now: Timestamp, within deadline: Duration) throws(DeliveryFailure) -> HTTPResponse {
        let proxy = allowsPrivate ? nil : proxy
        let guardian = SSRFPolicy(allowsPrivate: allowsPrivate, isProxied: proxy != nil, scheme: request.url.scheme ?? "")
        try guardian.check(request.url)
        guard Self.isReady, let handle = curl_easy_init() else { throw .retryable(reason: "libcurl does not start", after: nil) }
        defer { curl_easy_cleanup(handle) }
        let exchange = Exchange(limit: bodyLimit, guardian: guardian)
        var headers: UnsafeMutablePointer<curl_slist>?
        for (name, value) in Self.headers(request).sorted(by: { $0.key < $1.key }) {
            headers = curl_slist_append(headers, "\(name): \(OutputSanitizer.line(value))")
        }
        // No negotiation before a body of a few kilobytes.
        headers = curl_slist_append(headers, "Expect:")
        defer { curl_slist_free_all(headers) }
        let milliseconds = max(1, Int(deadline.milliseconds))
        curl_set_text(handle, CURLOPT_URL, Self.address(request.url))
        curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds)
        curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
        curl_set_quick_exit(handle)
        curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        curl_set_text(handle, CURLOPT_PROXY, proxy ?? "")
        // What a proxy answers to CONNECT is not the receiver's answer.
        curl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
        curl_set_long(handle, CURLOPT_POST, 1)
        curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        request.body.withUnsafeBytes { body in
            _ = curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
        }
        exchange.attach(to: handle)
        let code = withExtendedLifetime(exchange) { Self.unbroken { curl_easy_perform(handle) } }
        exchange.proxyStatus = curl_get_long(handle, CURLINFO_HTTP_CONNECTCODE)
        exchange.receiverStatus = curl_get_long(handle, CURLINFO_RESPONSE_CODE)
        return try exchange.outcome(code, deadline: deadline, at: now)
    }

    /// Blocks SIGPIPE, which a write to a closed connection raises: not all TLS libraries do.
    private static func unbroken<Value>(_ body: () -> Value) -> Value {
        var (pipe, before) = (sigset_t(), sigset_t())
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &pipe, &before)
        defer {
            var none = timespec()
            while sigtimedwait(&pipe, nil, &none) > 0 {}
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        return body()
    }

    private static func headers(_ request: HTTPRequest) -> [String: String] {
        var headers = request.headers
        headers["User-Agent"] = userAgent
        // User name and password in the URL are sent as the corresponding header.
        if let user = request.url.user(percentEncoded: false) {
            let pair = "\(user):\(request.url.password(percentEncoded: false) ?? "")"
            headers["Authorization"] = "Basic \(Data(pair.utf8).base64EncodedString())"
        }
        return headers
    }

    private static func address(_ url: URL) -> String {
        guard var parts = URLComponents(url: url, resolvingAgainstBaseURL: false) else { return url.absoluteString }
        (parts.user, parts.password, parts.fragment) = (nil, nil, nil)
        return parts.url?.absoluteString ?? url.absoluteString
    }
}

/// One request and the response so far; used by one thread.
private final class Exchange {
    private let limit: Int
    private let guardian: SSRFPolicy
    private var status = 0
    private var isHeadComplete = false
    private var headBytes = 0
    private var retryAfter: String?
    private var body = Data()
    private var hasEnough = false
    private var refused: String?
    /// What the proxy answered to CONNECT; 0 without a proxy or an answer of it.
    var proxyStatus = 0
    /// The last status of the receiver itself; 0 without one.
    var receiverStatus = 0
    private static let headLimit = 65_536

    init(limit: Int, guardian: SSRFPolicy) { (self.limit, self.guardian) = (limit, guardian) }

    func attach(to handle: UnsafeMutableRawPointer) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        curl_set_pointer(handle, CURLOPT_WRITEDATA, own)
        curl_set_pointer(handle, CURLOPT_HEADERDATA, own)
        curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, own)
        curl_set_write(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, own in
            Exchange.of(own)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        curl_set_write(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, own in
            Exchange.of(own)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        curl_set_socket(handle, CURLOPT_OPENSOCKETFUNCTION) { own, _, address in
            guard let address else { return -1 }
            return Exchange.of(own)?.open(address) ?? -1
        }
    }

    private static func of(_ own: UnsafeMutableRawPointer?) -> Exchange? {
        own.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The number of bytes accepted; fewer ends the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        body.append(contentsOf: bytes.prefix(limit - body.count))
        hasEnough = body.count >= limit
        return hasEnough ? 0 : bytes.count
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headBytes += bytes.count
        guard headBytes <= Self.headLimit else { return 0 }
        let line = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if line.hasPrefix("HTTP/") {
            // 100 Continue is followed by another response.
            let words = line.split(separator: " ")
            (status, isHeadComplete, retryAfter) = (words.count > 1 ? Int(words[1]) ?? 0 : 0, false, nil)
        } else if line.isEmpty {
            isHeadComplete = status >= 200
        } else if let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == "retry-after" {
            retryAfter = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return bytes.count
    }

    /// Opens a socket if the address is allowed. This is the address that is connected to, not an earlier lookup.
    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0
        let place = UnsafeRawPointer(address).advanced(by: offset)
        guard let own = IPAddress(place, family: address.pointee.family) else { return -1 }
        if let problem = guardian.refusal(of: own) {
            refused = problem
            return -1
        }
        return socket(address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
    }

    /// The result; a complete header counts, however the body ended.
    func outcome(_ code: CURLcode, deadline: Duration, at now: Timestamp) throws(DeliveryFailure) -> HTTPResponse {
        guard isHeadComplete, receiverStatus == status, proxyStatus == 0 || proxyStatus / 100 == 2 else {
            throw .retryable(reason: refused ?? words(code, deadline), after: nil)
        }
        return HTTPResponse(status: status, retryAfter: retryAfter, body: body, isComplete: code == CURLE_OK, at: now)
    }

    /// libcurl's messages may contain the URL, so these are our own.
    private func words(_ code: CURLcode, _ deadline: Duration) -> String {
        if proxyStatus == 407 { return "the proxy wants a user and password (407)" }
        if proxyStatus >= 300 { return "the proxy does not connect to this host (\(proxyStatus))" }
        return switch code {
        case CURLE_OPERATION_TIMEDOUT: "no answer within \(ValueText.duration(deadline.seconds))"
        case CURLE_COULDNT_RESOLVE_HOST: "the host's name is not known"
        case CURLE_COULDNT_RESOLVE_PROXY: "the proxy's name is not known"
        case CURLE_COULDNT_CONNECT: "no connection"
        case CURLE_PEER_FAILED_VERIFICATION: "TLS failed: the certificate is not trusted for this host"
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            "TLS failed (libcurl \(code.rawValue))"
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY,
            CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_OK:
            "the connection was cut, or the response is not HTTP"
        case CURLE_WRITE_ERROR: "the answer's head has no end"
        default: "no answer (libcurl \(code.rawValue))"
        }
    }
}

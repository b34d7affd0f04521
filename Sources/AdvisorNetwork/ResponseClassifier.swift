internal import AdvisorCore
internal import Foundation

/// What an HTTP answer means, where a receiver has no rule of its own.
enum ResponseClassifier {
    /// 2xx done; 408, 425, 429, 5xx and redirects to be tried again; 410 gone; any other 4xx refused for good.
    static func standard(_ response: HTTPResponse) throws(DeliveryFailure) -> String {
        let said = words(response)
        switch response.status {
        case 200..<300: return said
        case 300..<400:
            throw .retryable(reason: "\(response.status): redirects are not followed; name the URL that it leads to", after: nil)
        case 410: throw .gone(reason: said)
        case 408, 425, 429: throw .retryable(reason: said, after: RetryAfter.wait(response))
        case 400..<500: throw .permanent(reason: said)
        default: throw .retryable(reason: said, after: RetryAfter.wait(response))
        }
    }

    /// As `standard`, and of 2xx only these.
    static func only(_ statuses: Set<Int>, _ response: HTTPResponse) throws(DeliveryFailure) -> String {
        let said = try standard(response)
        guard statuses.contains(response.status) else {
            throw .retryable(
                reason: "\(said), where \(statuses.sorted().map(String.init).joined(separator: " or ")) is wanted", after: nil)
        }
        return said
    }

    /// Status, and what the body said.
    static func words(_ response: HTTPResponse) -> String {
        let text = response.text
        return text.isEmpty ? "\(response.status)" : "\(response.status) \(text)"
    }
}

/// The header `Retry-After`: seconds, or an HTTP date in any of its three spellings.
enum RetryAfter {
    /// The longest wait that is honoured.
    static let limit = Duration.seconds(86_400)

    /// How long an answer asks to be left alone; nil when it does not say, 0 to 24 hours.
    static func wait(_ response: HTTPResponse) -> Duration? {
        response.retryAfter.flatMap { wait($0, now: response.at) }
    }

    static func wait(_ text: String, now: Timestamp) -> Duration? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if let seconds = Double(text), text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) {
            return .milliseconds(Int64(min(seconds * 1000, Double(limit.milliseconds))))
        }
        guard let date = time(text) else { return nil }
        return max(.zero, min(date - now, limit))
    }

    private static func time(_ text: String) -> Timestamp? {
        for format in ["EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy"] {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(identifier: "GMT")
            formatter.dateFormat = format
            if let date = formatter.date(from: text) { return Timestamp(seconds: Int64(date.timeIntervalSince1970.rounded())) }
        }
        return nil
    }
}

internal import AdvisorCore
internal import Foundation

/// The meaning of an HTTP response, for receivers without rules of their own.
enum ResponseClassifier {
    /// 2xx delivered; 408, 425, 429, 5xx and redirects are retried; 410 gone; any other 4xx failed.
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

    /// As `standard`, with only these of 2xx.
    static func only(_ statuses: Set<Int>, _ response: HTTPResponse) throws(DeliveryFailure) -> String {
        let said = try standard(response)
        guard statuses.contains(response.status) else {
            throw .retryable(
                reason: "\(said), where \(statuses.sorted().map(String.init).joined(separator: " or ")) is wanted", after: nil)
        }
        return said
    }

    /// The status and the body.
    static func words(_ response: HTTPResponse) -> String {
        let text = response.text
        return text.isEmpty ? "\(response.status)" : "\(response.status) \(text)"
    }
}

/// The header `Retry-After`: seconds, or an HTTP date in any of its three formats.
enum RetryAfter {
    /// The maximum delay that is respected.
    static let limit = Duration.seconds(86_400)

    /// The requested delay; nil if there is none, 0 to 24 hours.
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

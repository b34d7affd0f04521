import AdvisorCore
@testable import AdvisorFormats
import Foundation
import Testing

@Suite("Korean")
struct KoreanTests {
    @Test(
        "a particle takes the form after the last sound",
        arguments: [
            ("티어", KoreanParticle.object, "티어를"), ("비용", .object, "비용을"), ("서울", .direction, "서울로"),
            ("규칙", .direction, "규칙으로"), ("스토리지", .subject, "스토리지가"), ("경보", .with, "경보와"), ("청구서", .topic, "청구서는"),
            ("db.t4g.small", .direction, "db.t4g.small로"), ("db.t4g.micro", .object, "db.t4g.micro를"),
            ("db.t4g.medium", .subject, "db.t4g.medium이"), ("db.t4g.xlarge", .topic, "db.t4g.xlarge는"),
            ("aurora-serverless-v2", .direction, "aurora-serverless-v2로"), ("Supabase", .subject, "Supabase가"),
            ("$25.66", .object, "$25.66를"), ("+$0.70", .direction, "+$0.70로"), ("91%", .object, "91%를"),
            ("15GB", .subject, "15GB가"),
            ("500ms", .object, "500ms를"), ("1,310", .topic, "1,310은"), ("#3", .topic, "#3은"), ("#2", .topic, "#2는"),
            ("#1", .direction, "#1로"), ("#7", .object, "#7을"), ("#10", .direction, "#10으로"), ("API", .object, "API를"),
            ("URL", .object, "URL을"), ("VPC", .subject, "VPC가"), ("CDN", .object, "CDN을"), ("ACU", .with, "ACU와"),
            ("Lambda", .topic, "Lambda는"), ("web", .object, "web을"), ("임계값(80%)", .object, "임계값(80%)을"),
            ("`advisor demo`", .direction, "`advisor demo`로"), ("30GiB", .direction, "30GiB로"),
        ])
    func particles(_ word: String, _ particle: KoreanParticle, _ expected: String) {
        #expect(word.with(particle) == expected)
    }

    @Test(
        "numbers and units are written together",
        arguments: [
            (Quantity.ratio(0.91), "91%"), (.bytes(11.2e9), "11.2GB"), (Quantity(300, .time), "5분"),
            (Quantity(7200, .time), "2시간"), (Quantity(604_800, .time), "7일"), (Quantity(0.18, .time), "180ms"),
            (Quantity(1310, .count), "1,310"), (Quantity(25.66, .money), "$25.66"), (Quantity(.infinity, .time), "예측되지 않음"),
        ])
    func quantities(_ quantity: Quantity, _ expected: String) {
        #expect(Languages.korean.text(quantity) == expected)
    }

    @Test("dates have the order of Korean, and the year where it is another")
    func dates() throws {
        let (time, now) = (Timestamp(text: "2026-04-27T09:05:00Z"), Timestamp(text: "2026-03-31T00:00:00Z"))
        let (day, asOf) = (try #require(time), try #require(now))
        #expect(Languages.korean.day(day, asOf: asOf) == "4월 27일")
        #expect(Languages.korean.time(day, asOf: asOf) == "4월 27일 09:05")
        #expect(Languages.korean.day(day, asOf: asOf + .seconds(365 * 86_400)) == "2026년 4월 27일")
        #expect(Languages.korean.fullTime(asOf) == "2026년 3월 31일(화) 00:00 UTC")
    }

    @Test(
        "a tag or a locale names a language",
        arguments: [
            ("ko", "ko"), ("ko-KR", "ko"), ("ko_KR.UTF-8", "ko"), ("en_US.UTF-8", "en"), ("C", nil), ("kok_IN", nil), ("", nil),
        ] as [(String, String?)])
    func tags(_ tag: String, _ expected: String?) { #expect(Languages.language(tag)?.id == expected) }

    @Test(
        "up, down and elsewhere are three words",
        arguments: [
            ("db.t4g.micro", "db.t4g.small", "db.t4g.small로 업그레이드"), ("db.t4g.small", "db.t4g.micro", "db.t4g.micro로 다운그레이드"),
            ("db.t4g.large", "db.t4g.2xlarge", "db.t4g.2xlarge로 업그레이드"),
            ("supabase-free", "db.t4g.micro", "db.t4g.micro로 마이그레이션"),
            ("db.t4g.small", "aurora-serverless-v2", "aurora-serverless-v2로 마이그레이션"),
        ])
    func moves(_ from: String, _ to: String, _ expected: String) {
        let step = RecommendationSummary.Step(action: .move, from: .tier(id: from), to: .tier(id: to))
        #expect(Languages.korean.headline([step]) == expected)
    }

    @Test("no sentence in Korean is the English one")
    func translated() {
        let english = PhraseSamples(Languages.english).groups.flatMap(\.sentences)
        let korean = PhraseSamples(Languages.korean).groups.flatMap(\.sentences)
        for (one, other) in zip(english, korean) where one.text == other.text {
            #expect(!one.text.contains(" ") || one.text.hasPrefix("moves:"), "\(one.code): \(one.text)")
        }
    }
}

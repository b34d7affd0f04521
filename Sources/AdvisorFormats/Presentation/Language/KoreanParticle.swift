/// A particle of Korean, whose form depends on the last sound of the word before it.
enum KoreanParticle {
    /// 을 or 를.
    case object
    /// 이 or 가.
    case subject
    /// 은 or 는.
    case topic
    /// 으로 or 로.
    case direction
    /// 과 or 와.
    case with

    /// How a word ends when it is read aloud.
    enum Ending {
        case vowel
        /// ㄹ, after which 로 follows as after a vowel.
        case rieul
        case consonant
    }

    /// The form after an ending.
    func form(after ending: Ending) -> String {
        let isVowel = ending == .vowel
        return switch self {
        case .object: isVowel ? "를" : "을"
        case .subject: isVowel ? "가" : "이"
        case .topic: isVowel ? "는" : "은"
        case .direction: ending == .consonant ? "으로" : "로"
        case .with: isVowel ? "와" : "과"
        }
    }
}

extension String {
    /// The text with a particle: `db.t4g.small로`, `$25.66를`.
    func with(_ particle: KoreanParticle) -> String { self + particle.form(after: koreanEnding) }

    /// How the text ends when a Korean reads it aloud; what stands in parentheses at the end is not read.
    var koreanEnding: KoreanParticle.Ending {
        var text = self[...]
        while let last = text.last {
            if last == ")", let open = text.lastIndex(of: "("), open > text.startIndex {
                text = text[..<open]
            } else if last.isLetter || last.isNumber || last == "%" || last == "$" {
                break
            } else {
                text = text.dropLast()
            }
        }
        guard let last = text.last, let scalar = last.unicodeScalars.first else { return .vowel }
        if last == "%" || last == "$" { return .vowel }  // 퍼센트, 달러
        if (0xAC00...0xD7A3).contains(scalar.value) {
            let final = (scalar.value - 0xAC00) % 28
            return final == 0 ? .vowel : final == 8 ? .rieul : .consonant
        }
        let word = text.reversed().prefix { $0.isLetter && $0.isASCII || $0.isNumber || $0 == "." || $0 == "," || $0 == "$" }
        if last.isNumber { return Self.ending(ofNumber: String(word.reversed())) }
        return Self.ending(ofLatin: String(word.prefix { $0.isLetter }.reversed()))
    }

    /// 1 일, 3 삼, 6 육, 7 칠, 8 팔, 0 영 or 십, 백, 천, 만; an amount of dollars is read with 달러.
    private static func ending(ofNumber text: String) -> KoreanParticle.Ending {
        if text.contains("$") { return .vowel }
        return switch text.last {
        case "1", "7", "8": .rieul
        case "0", "3", "6": .consonant
        default: .vowel
        }
    }

    /// A word by its last letters, an abbreviation by the name of its last letter: 엘, 엠, 엔, 알 end in a consonant.
    private static func ending(ofLatin word: String) -> KoreanParticle.Ending {
        let small = word.lowercased()
        guard let last = small.last else { return .vowel }
        let isSpelled = word.count > 1 && word == word.uppercased() || !small.contains { "aeiouy".contains($0) }
        if word.count > 1, word.hasSuffix("B") { return .vowel }  // 기가바이트, 기비바이트
        if isSpelled || word.count == 1 {
            return switch last {
            case "l", "r": .rieul
            case "m", "n": .consonant
            default: .vowel
            }
        }
        if small.hasSuffix("le") { return .rieul }  // 테이블
        if small.hasSuffix("ne") || small.hasSuffix("me") { return .consonant }  // 존, 볼륨
        switch last {
        case "l": return .rieul
        case "m", "n": return .consonant
        case "g": return small.hasSuffix("ng") ? .consonant : .vowel
        // 웹, 맵, 봇: a stop after one short vowel closes the syllable; elsewhere it is followed by ㅡ.
        case "b", "k", "p", "t":
            let before = small.dropLast()
            let isShort = before.last.map { "aeiou".contains($0) } ?? false
            let isLong = before.dropLast().last.map { "aeiou".contains($0) } ?? false
            return isShort && !isLong || small.hasSuffix("ck") ? .consonant : .vowel
        default: return .vowel
        }
    }
}

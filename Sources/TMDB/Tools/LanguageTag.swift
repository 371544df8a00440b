import Bytes
import JSON
import MCP

/// The form of TMDB's `language` parameter: ISO 639-1, and perhaps a region of ISO 3166-1. TMDB answers any other text
/// with empty titles and overviews instead of an error, so it is checked here.
package enum LanguageTag {
    static let kind = Parameter.Kind.custom(
        schema: ["type": "string"],
        check: { value in
            if let text = value.string, isWellFormed(text) { return nil }
            return "a language such as \"en\" or \"pt-BR\" (two small letters, then perhaps a dash and two capitals); "
                + hint
        }, normalised: { normalised($0) })

    /// The right codes in place of countries' codes.
    static let hint = "Japanese is ja, Korean ko, Chinese zh, Czech cs, Danish da, Greek el"

    /// Whether a tool takes it as its `language`.
    package static func isKnown(_ tag: String) -> Bool { isWellFormed(normalised(tag)) }

    /// In the letters and with the dash that TMDB takes.
    static func normalised(_ tag: String) -> String {
        let language = String(decoding: Array(tag.utf8.prefix(2)), as: UTF8.self)
        let region = String(decoding: Array(tag.utf8.dropFirst(3)), as: UTF8.self)
        guard let sign = tag.utf8.dropFirst(2).first else { return CodeList.languages(tag) }
        guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "_") else { return tag }
        return "\(CodeList.languages(language))-\(CodeList.regions(region))"
    }

    /// Whether two letters are a language of TMDB's: ISO 639-1 with cn (Cantonese), mo, sh and xx (none), but without
    /// kr (Kanuri), by which people mean Korean.
    static func isCode(_ first: UInt8, _ second: UInt8) -> Bool {
        var previous: UInt8?
        for byte in codes.utf8 {
            if let start = previous {
                if start == first && byte == second { return true }
                previous = nil
            } else {
                previous = byte
            }
        }
        return false
    }

    private static let codes =
        "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcncocrcscucvcydadedvdzeeeleneoeseteufafffifjfo"
        + "frfygagdglgngugvhahehihohrhthuhyhziaidieigiiikioisitiujajvkakgkikjkkklkmknkokskukvkwkylalblgliln"
        + "loltlulvmgmhmimkmlmnmomrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgsh"
        + "siskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhxxyiyozazhzu"

    /// Languages and the country that one alone stands for, as in TMDB's GET /configuration/primary_translations where
    /// it has one country for a language; of several the one that TMDB's own pages take.
    fileprivate static let countries =
        "afZAamETarSAazAZbeBYbgBGbnBDbsBAcaESchGUcnHKcsCZcyGBdaDKdeDEelGRenUSesESetEEeuESfaIRfiFIfrFRgaIEgdGBglES"
        + "guINheILhiINhrHRhuHUhyAMidIDisISitITjaJPkaGEkkKZkmKHknINkoKRkyKGloLAltLTlvLVmkMKmlINmnMNmrINmsMYmtMTmyMM"
        + "nbNOneNPnlNLnnNOnoNOpaINplPLptPTroROruRUsiLKskSKslSIsoSOsqALsrRSsvSEswTZtaINteINthTHtlPHtrTRukUAurPKuzUZ"
        + "viVNzhCNzuZA"

    @Sendable static func isWellFormed(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let language = bytes.prefix(2)
        guard language.count == 2, isCode(bytes[0], bytes[1]) else { return false }
        let rest = bytes.dropFirst(2)
        if rest.isEmpty { return true }
        return rest.count == 3 && rest.first == UInt8(ascii: "-")
            && rest.dropFirst().allSatisfy { $0.isASCIIUppercase }
    }
}

/// Of a language tag that is well formed.
extension String {
    /// "pt" of "pt-BR".
    var languageCode: String { String(decoding: Array(utf8.prefix(2)), as: UTF8.self) }

    /// "BR" of "pt-BR"; empty when there is none.
    var regionCode: String { String(decoding: Array(utf8.dropFirst(3)), as: UTF8.self) }

    /// The country of the tag, else the one that TMDB takes a language alone for: "DE" of "de", "PT" of "pt"; empty
    /// where there is none.
    var countryCode: String {
        if !regionCode.isEmpty { return regionCode }
        let wanted = Array(utf8.prefix(2))
        let table = Array(LanguageTag.countries.utf8)
        for start in stride(from: 0, to: table.count - 3, by: 4) where table[start...].starts(with: wanted) {
            return String(decoding: table[(start + 2)..<(start + 4)], as: UTF8.self)
        }
        return ""
    }
}

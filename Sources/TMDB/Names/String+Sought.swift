import Bytes

extension String {
    /// The text as TMDB is asked for it: without what no person sees (`Unicode.Scalar.isHidden`, U+200B, soft hyphens
    /// and marks of direction), and composed, as TMDB's names are.
    ///
    /// Composed are the letters of Latin, Greek, Cyrillic, kana and Hangul that Unicode's NFC composes: the standard
    /// library's own NFC would bring 30 KB of tables.
    var sought: String {
        @inline(never)  // would be copied into each caller
        get {
            if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
            var scalars = String.UnicodeScalarView()
            var last: Unicode.Scalar?
            for scalar in unicodeScalars where !scalar.isHidden && !scalar.isUnsought {
                if let base = last, let composed = Composition.of(base, scalar) {
                    last = composed
                    continue
                }
                if let last { scalars.append(last) }
                last = scalar
            }
            if let last { scalars.append(last) }
            return String(scalars)
        }
    }
}

extension Unicode.Scalar {
    /// Seen by nobody, but of a meaning in texts.
    fileprivate var isUnsought: Bool { value == 0xAD || value == 0x200B || changesDirection }
}

/// Letters with accents that are one scalar (Unicode, section 3.11).
private enum Composition {
    static func of(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        if 0x1100...0x11C2 ~= mark.value || 0xAC00...0xD7A3 ~= base.value { return hangul(base.value, mark.value) }
        guard let pairs = pairs.first(where: { $0.mark == mark.value })?.pairs else { return nil }
        var letter: Unicode.Scalar?
        for scalar in pairs.unicodeScalars {
            if letter == base { return scalar }
            letter = letter == nil ? scalar : nil
        }
        return nil
    }

    /// Syllables of two letters, then of three, by their numbers.
    private static func hangul(_ base: UInt32, _ mark: UInt32) -> Unicode.Scalar? {
        if 0x1100...0x1112 ~= base, 0x1161...0x1175 ~= mark {
            return Unicode.Scalar(0xAC00 + ((base - 0x1100) * 21 + mark - 0x1161) * 28)
        }
        guard 0xAC00...0xD7A3 ~= base, (base - 0xAC00) % 28 == 0, 0x11A8...0x11C2 ~= mark else { return nil }
        return Unicode.Scalar(base + mark - 0x11A7)
    }

    /// Of each mark the letters that take it, each with what becomes of both.
    private static let pairs: [(mark: UInt32, pairs: String)] = [
        (
            0x300,
            "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ"
        ),
        (
            0x301,
            "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰ"
                + "οόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ"
        ),
        (
            0x302,
            "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"
        ),
        (
            0x303,
            "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"
        ),
        (
            0x304,
            "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝ"
        ),
        (
            0x306,
            "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặ"
        ),
        (
            0x307,
            "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"
        ),
        (
            0x308,
            "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺ"
                + "ūṻWẄwẅXẌxẍtẗ"
        ),
        (
            0x309,
            "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"
        ),
        (
            0x30A,
            "AÅaåUŮuůwẘyẙ"
        ),
        (
            0x30B,
            "OŐoőUŰuűУӲуӳ"
        ),
        (
            0x30C,
            "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"
        ),
        (
            0x31B,
            "OƠoơUƯuư"
        ),
        (
            0x323,
            "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"
        ),
        (
            0x326,
            "SȘsșTȚtț"
        ),
        (
            0x327,
            "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"
        ),
        (
            0x328,
            "AĄaąEĘeęIĮiįUŲuųOǪoǫ"
        ),
        (
            0x3099,
            "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ"
        ),
        (
            0x309A,
            "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"
        ),
    ]
}

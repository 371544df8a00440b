import Bytes

/// What people write in place of a country's code of ISO 3166-1: its name in English, or the codes that are no codes of
/// two letters.
enum CountryNames {
    /// Nil for what is neither known nor two letters.
    static func code(of text: String) -> String? {
        let name = text.folded
        if let code = table.values(of: name).first { return code }
        return name.utf8.count == 2 && name.utf8.allSatisfy { $0.isASCIILetter } ? name.asciiUppercased : nil
    }

    private static let table = WordTable(
        """
        GB:uk,gbr,united kingdom,great britain,britain,england,scotland,wales,northern ireland
        US:usa,united states,united states of america,america
        AE:uae,are,united arab emirates
        AR:arg,argentina
        AT:aut,austria,osterreich
        AU:aus,australia
        BE:bel,belgium
        BG:bgr,bulgaria
        BR:bra,brazil,brasil
        CA:can,canada
        CH:che,switzerland,schweiz,suisse
        CL:chl,chile
        CN:chn,china
        CO:col,colombia
        CZ:cze,czechia,czech republic
        DE:deu,ger,germany,deutschland
        DK:dnk,denmark
        EE:est,estonia
        EG:egy,egypt
        ES:esp,spain,espana
        FI:fin,finland
        FR:fra,france
        GR:grc,greece
        HK:hkg,hong kong
        HR:hrv,croatia
        HU:hun,hungary
        ID:idn,indonesia
        IE:irl,ireland
        IL:isr,israel
        IN:ind,india
        IS:isl,iceland
        IT:ita,italy,italia
        JP:jpn,japan
        KR:kor,south korea,korea,republic of korea
        LT:ltu,lithuania
        LU:lux,luxembourg
        LV:lva,latvia
        MA:mar,morocco
        MX:mex,mexico
        MY:mys,malaysia
        NG:nga,nigeria
        NL:nld,netherlands,the netherlands,holland
        NO:nor,norway
        NZ:nzl,new zealand
        PE:per,peru
        PH:phl,philippines,the philippines
        PK:pak,pakistan
        PL:pol,poland
        PT:prt,portugal
        RO:rou,romania
        RS:srb,serbia
        RU:rus,russia
        SA:sau,saudi arabia
        SE:swe,sweden
        SG:sgp,singapore
        SI:svn,slovenia
        SK:svk,slovakia
        TH:tha,thailand
        TR:tur,turkey,turkiye
        TW:twn,taiwan
        UA:ukr,ukraine
        VN:vnm,vietnam,viet nam
        ZA:zaf,south africa
        """)
}

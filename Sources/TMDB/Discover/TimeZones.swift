import Bytes

/// Main time zones of countries, so that "today" is what the people there call so.
enum TimeZones {
    struct Zone {
        /// In the IANA time zone database, as TMDB takes it.
        let name: String
        /// After UTC, by standard time: an hour in summer changes the day for few.
        let minutes: Int
    }

    static func zone(of region: String) -> Zone? { find { code, _ in code == region } }

    static func zone(named name: String) -> Zone? { find { _, zone in zone == name } }

    @inline(never)  // would be copied into each caller
    private static func find(_ isWanted: (_ code: String, _ name: String) -> Bool) -> Zone? {
        for entry in entries.utf8.split(separator: UInt8(ascii: " ")) {
            let rest = entry.dropFirst(2)
            let nameStart = rest.firstIndex { $0.isASCIILetter } ?? rest.endIndex
            let name = String(Substring(rest[nameStart...]))
            guard isWanted(String(Substring(entry.prefix(2))), name),
                let minutes = Int(String(Substring(rest[..<nameStart])))
            else { continue }
            return Zone(name: name, minutes: minutes)
        }
        return nil
    }

    /// Country, minutes, name. Of a country with several zones that of the most people.
    private static let entries =
        "US-300America/New_York CA-300America/Toronto MX-360America/Mexico_City BR-180America/Sao_Paulo "
        + "AR-180America/Argentina/Buenos_Aires CL-240America/Santiago CO-300America/Bogota PE-300America/Lima "
        + "GB+0Europe/London IE+0Europe/Dublin PT+0Europe/Lisbon IS+0Atlantic/Reykjavik DE+60Europe/Berlin "
        + "AT+60Europe/Vienna CH+60Europe/Zurich FR+60Europe/Paris BE+60Europe/Brussels NL+60Europe/Amsterdam "
        + "ES+60Europe/Madrid IT+60Europe/Rome PL+60Europe/Warsaw CZ+60Europe/Prague HU+60Europe/Budapest "
        + "SE+60Europe/Stockholm NO+60Europe/Oslo DK+60Europe/Copenhagen NG+60Africa/Lagos FI+120Europe/Helsinki "
        + "GR+120Europe/Athens RO+120Europe/Bucharest UA+120Europe/Kiev IL+120Asia/Jerusalem EG+120Africa/Cairo "
        + "ZA+120Africa/Johannesburg TR+180Europe/Istanbul RU+180Europe/Moscow SA+180Asia/Riyadh AE+240Asia/Dubai "
        + "PK+300Asia/Karachi IN+330Asia/Kolkata BD+360Asia/Dhaka TH+420Asia/Bangkok VN+420Asia/Ho_Chi_Minh "
        + "ID+420Asia/Jakarta CN+480Asia/Shanghai HK+480Asia/Hong_Kong TW+480Asia/Taipei SG+480Asia/Singapore "
        + "MY+480Asia/Kuala_Lumpur PH+480Asia/Manila JP+540Asia/Tokyo KR+540Asia/Seoul AU+600Australia/Sydney "
        + "NZ+720Pacific/Auckland"
}

import Bytes
import Testing

@Suite struct CivilDateTests {
    @Test("days since 1970 and days of the calendar are one to one, from 1600 to 2500")
    func roundTrip() throws {
        var previous = try #require(CivilDate(year: 1599, month: 12, day: 31))
        for days in -135_140..<193_000 {
            let date = CivilDate(daysSince1970: days)
            #expect(date.daysSince1970 == days)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
            #expect(date > previous)
            previous = date
        }
    }

    @Test(
        "known days",
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (951_782_400 / 86_400, "2000-02-29"), (11_017, "2000-03-01"),
            (47_540, "2100-02-28"), (47_541, "2100-03-01"), (2_932_896, "9999-12-31"), (-719_468, "0000-03-01"),
        ])
    func known(days: Int, text: String) {
        #expect(CivilDate(daysSince1970: days).text == text)
        #expect(CivilDate(text.utf8.span)?.daysSince1970 == days)
    }

    @Test(
        "what is no day",
        arguments: [
            "2023-02-29", "1900-02-29", "2024-00-10", "2024-13-01", "2024-04-31", "2024-01-00", "2024-1-01", "24-01-01",
            "2024/01/01", "2024-01-011", "", "2024-01-0x", "-024-01-01",
        ])
    func refused(text: String) {
        #expect(CivilDate(text.utf8.span) == nil)
    }
}

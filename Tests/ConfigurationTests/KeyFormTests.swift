import Configuration
import Testing

/// TMDB's keys as people paste them.
@Suite struct KeyFormTests {
    @Test(
        "a key with what people copy along is refused with what to leave out, and not shown",
        arguments: [
            ("Bearer a.b.c", "Bearer"), ("bearer:a.b.c", "Bearer"), ("BEARER\ta.b.c", "Bearer"),
            ("\"KEY\"", "quotation marks"),
            ("'KEY'", "quotation marks"), ("\u{201C}KEY\u{201D}", "quotation marks"), ("\"KEY", "quotation marks"),
            ("KEY'", "quotation marks"),
            ("api_key=KEY", "api_key="), ("?API_KEY=KEY", "api_key="), ("TMDB_API_KEY=KEY", "api_key="),
            ("https://api.themoviedb.org/3/configuration?api_key=KEY", "api_key="), ("${TMDB_API_KEY}", "replaced"),
            ("<your key>", "replaced"), ("your-key", "replaced"), ("YOUR_TMDB_API_KEY", "replaced"),
            ("your_api_key_here", "replaced"), ("$TMDB_API_KEY", "replaced"), ("{{TMDB_API_KEY}}", "replaced"),
            ("%TMDB_API_KEY%", "replaced"), ("{env:TMDB_API_KEY}", "replaced"), ("[your key]", "replaced"),
            ("op://vault/tmdb/key", "replaced"), ("changeme", "replaced"), ("insert-key-here", "replaced"),
            ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "replaced"),
            ("undefined", "replaced"), ("null", "replaced"), ("Authorization: Bearer a.b.c", "authorization:"),
            ("X-TMDB-Api-Key: KEY", "x-tmdb-api-key:"), ("api_key: KEY", "api_key:"),
            ("023456789012345678901234567890\u{200B}ab", "nobody sees"), ("\u{FEFF}KEY", "nobody sees"),
            ("KEY\u{A0}", "nobody sees"), ("KEY,", "comma"), ("KEY;", "semicolon"),
        ])
    func wrappedKey(text: String, words: String) {
        do throws(ConfigurationError) {
            _ = try Configuration(environment: { $0 == "TMDB_API_KEY" ? text : nil })
            Issue.record("accepted")
        } catch {
            #expect(error.lines.count == 1)
            #expect(error.lines.first?.contains(words) == true, "\(error.lines)")
            #expect(error.lines.first?.contains("KEY\"") == false)
        }
    }

    @Test(
        "a key of no form of TMDB's is warned of where TMDB itself is asked with it, and nowhere else",
        arguments: [
            ("short", "https://api.themoviedb.org/3", true), ("a.b", "https://api.themoviedb.org/3", true),
            ("bearerabc", "https://api.tmdb.org/3", true), ("g23456789012345678901234567890ab", "", true),
            ("023456789012345678901234567890ab", "", false), ("a-1.b_2.c", "", false),
            ("short", "http://mine/3", false),
        ])
    func oddKey(text: String, url: String, isWarned: Bool) throws {
        let configuration = try Configuration(environment: {
            switch $0 {
            case "TMDB_API_KEY": text
            case "TMDB_BASE_URL": url
            default: nil
            }
        })
        #expect(configuration.warnings.count == (isWarned ? 1 : 0))
        #expect(!configuration.warnings.contains { $0.contains(text) })
    }
}

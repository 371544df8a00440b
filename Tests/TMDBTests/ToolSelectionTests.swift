import JSON
import MCP
import TMDB
import Testing

@Suite struct ToolSelectionTests {
    private func names(_ list: [String]) throws -> [String] {
        let context = try #require(try ScriptedTMDB([:]).context)
        return TMDBServer.make(version: "1", context: context, tools: try ToolSelection(list)).tools.map(\.name)
    }

    /// What is offered where nobody has named another set.
    private let standard = ToolSelection.toolNames.filter { !$0.hasSuffix("_account") }

    @Test("tools go by the names that the catalog has, each once, and all but those of an account are the standard")
    func all() throws {
        let context = try #require(try ScriptedTMDB([:]).context)
        let names = TMDBServer.make(version: "1", context: context).tools.map(\.name)
        #expect(names == standard)
        #expect(Set(names).count == names.count)
        #expect(try self.names([]) == names)
        #expect(try self.names(["all"]) == names)
        #expect(try self.names(["all", "search"]) == names)
        #expect(try self.names(["account", "all"]) == ToolSelection.toolNames)
    }

    @Test("a list names tools and sets, in any order and more than once")
    func lists() throws {
        #expect(try names(["discover_tv", "search", "discover_tv"]) == ["search", "discover_tv"])
        #expect(try names(["discover"]).contains("discover_movies"))
        #expect(try names(["discover", "lists"]).contains("list_reference"))
        #expect(try !names(["discover"]).contains("search"))
        let original = try names(["original"])
        #expect(original.starts(with: ["search"]))
        #expect(!original.contains("list_reference"))
    }

    @Test("the sets without all and original have every tool once, and a set that is named like a tool is that tool")
    func sets() throws {
        let sets = ToolSelection.setNames.filter { $0 != "all" && $0 != "original" }
        var found: [String] = []
        for set in sets { found += try names([set]) }
        #expect(found.sorted() == ToolSelection.toolNames.sorted())
        for set in sets where ToolSelection.toolNames.contains(set) { #expect(try names([set]) == [set]) }
    }

    @Test("every unknown name is told, with those that there are")
    func unknown() throws {
        let error = #expect(throws: ToolSelection.UnknownNames.self) {
            try ToolSelection(["serach", "search", "Discover", ""])
        }
        #expect(error?.names == ["serach", "Discover", ""])
        for word in ["\"serach\"", "\"Discover\"", "original", "discover_tv", "lists"] {
            #expect(error?.message.contains(word) == true)
        }
    }

    @Test("the instructions name search only when it is offered")
    func instructions() throws {
        let context = try #require(try ScriptedTMDB([:]).context)
        let media = TMDBServer.make(version: "1", context: context, tools: try ToolSelection(["media"]))
        #expect(!media.instructions.contains("search"))
        #expect(media.instructions.contains("not endorsed or certified by TMDB"))
        let search = TMDBServer.make(version: "1", context: context, tools: try ToolSelection(["search"]))
        #expect(search.instructions.contains("Start with search"))
        #expect(!search.instructions.contains("get_"))
        #expect(media.instructions.contains("get_reviews"))
    }

    @Test("the instructions map what people ask to every tool, in ten lines, and name no tool that is not offered")
    func guide() throws {
        let context = try #require(try ScriptedTMDB([:]).context)
        let list = try ToolSelection(["all", "account"])
        let all = TMDBServer.make(version: "1", context: context, tools: list).instructions
        for name in ToolSelection.toolNames { #expect(all.contains(name)) }
        #expect(all.split(separator: "\n").count { $0.hasPrefix("- ") } <= 10)
        #expect(all.utf8.count < 1_600)
        for name in ToolSelection.toolNames {
            let one = TMDBServer.make(version: "1", context: context, tools: try ToolSelection([name])).instructions
            let named = ToolSelection.toolNames.filter { other in
                one.split { !$0.isLetter && $0 != "_" }.contains { $0 == other }
            }
            #expect(named == [name])
        }
    }

    @Test("a name that is a set and a tool is known once")
    func knownNames() {
        #expect(ToolSelection.knownNames.count { $0 == "search" } == 1)
        #expect(Set(ToolSelection.knownNames) == Set(ToolSelection.setNames + ToolSelection.toolNames))
    }
}

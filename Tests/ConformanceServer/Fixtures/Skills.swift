import JSON
import MCP

/// One skill of one file (the extension `io.modelcontextprotocol/skills`, SEP-2640): the extension lists it, and its
/// file is a resource.
enum Skills {
    static var `extension`: Extension {
        Extension(
            identifier: "io.modelcontextprotocol/skills",
            methods: [
                method("skills/list") { params throws(RPCError) in
                    guard params["cursor"]?.isNull != false else {
                        throw RPCError(.invalidParams, "There is no such cursor: begin again without one.")
                    }
                    return ("skills", [entry])
                },
                method("skills/get") { params throws(RPCError) in
                    guard params["uri"]?.string == uri else {
                        throw RPCError(.invalidParams, "There is no such skill: see skills/list.")
                    }
                    return ("skill", entry)
                },
            ])
    }

    static var resource: Resource {
        Resource(uri: uri, name: name, title: name, description: description, mimeType: "text/markdown") { text }
    }

    /// The last segment of the path is the skill's name.
    private static let uri = "skill://test-skill/SKILL.md"
    private static let name = "test-skill"
    private static let description = "Shows how a skill is listed and read."
    private static let text = """
        ---
        name: test-skill
        description: Shows how a skill is listed and read.
        ---

        # Test skill

        There is nothing to do.

        """

    private static var entry: JSONValue {
        let bytes = Array(text.utf8)
        let file: JSONValue = [
            "uri": .string(uri), "digest": .string("sha256:" + SHA256.hash(bytes).hexadecimal),
            "size": .number(JSONNumber(bytes.count)),
        ]
        return [
            "uri": .string(uri), "frontmatter": ["name": .string(name), "description": .string(description)],
            "resources": [file],
        ]
    }

    private static func method(
        _ name: String, _ answer: @escaping (JSONObject) throws(RPCError) -> (member: String, JSONValue)
    ) -> ExtensionMethod {
        ExtensionMethod(name: name) { params, _, finish in
            do throws(RPCError) {
                let (member, value) = try answer(params)
                finish(
                    .complete(JSONObject([(member, value), ("ttlMs", 60_000), ("cacheScope", "public")])))
            } catch {
                finish(.refused(error))
            }
            return {}
        }
    }
}

import JSON
import MCP

enum Resources {
    static let watchedURI = "test://watched-resource"

    static var all: [Resource] {
        [
            fixture(
                "test://static-text", "static-text", "A text that never changes.", "text/plain",
                .text("This is the content of the static text resource."), unchanging),
            fixture(
                "test://static-binary", "static-binary", "A picture of one pixel.", "image/png", .blob(Samples.png),
                unchanging),
            fixture(
                watchedURI, "watched-resource", "A text to subscribe to.", "text/plain",
                .text("Watched resource content"), .none),
        ]
    }

    static var templates: [ResourceTemplate] {
        [
            ResourceTemplate(
                uri: URITemplate("test://template/{id}/data"), name: "template", title: "template",
                description: "Data for each id.", mimeType: "application/json"
            ) { uri, variables, _, finish in
                let id = variables.first?.value ?? ""
                let data: JSONValue = [
                    "id": .string(id), "templateTest": true, "data": .string("Data for ID: \(id)"),
                ]
                let contents = ResourceContents(uri: uri, mimeType: "application/json", .text(data.text))
                finish(.contents([contents], unchanging))
                return {}
            }
        ]
    }

    private static let unchanging = CacheHint(milliseconds: 60_000, .everyone)

    private static func fixture(
        _ uri: String, _ name: String, _ description: String, _ mimeType: String, _ body: ResourceContents.Body,
        _ caching: CacheHint
    ) -> Resource {
        Resource(uri: uri, name: name, title: name, description: description, mimeType: mimeType) { _, finish in
            finish(.contents([ResourceContents(uri: uri, mimeType: mimeType, body)], caching))
            return {}
        }
    }
}

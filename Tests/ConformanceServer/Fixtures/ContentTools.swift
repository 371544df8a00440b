import JSON
import MCP

/// Tools that answer at once, one for each kind of content.
enum ContentBlockTools {
    static var all: [Tool] { [simpleText, image, audio, embeddedResource, multipleTypes, failure] }

    private static var simpleText: Tool {
        .fixture("test_simple_text", "Answers with a line of text.") { _, _ in
            .text("This is a simple text response for testing.")
        }
    }

    private static var image: Tool {
        .fixture("test_image_content", "Answers with a picture of one pixel.") { _, _ in
            .content([.image(data: Samples.png, mimeType: "image/png")])
        }
    }

    private static var audio: Tool {
        .fixture("test_audio_content", "Answers with a sound of no length.") { _, _ in
            .content([.audio(data: Samples.wav, mimeType: "audio/wav")])
        }
    }

    private static var embeddedResource: Tool {
        .fixture("test_embedded_resource", "Answers with a resource and what stands in it.") { _, _ in
            .content([
                .embedded(
                    ResourceContents(
                        uri: "test://embedded-resource", mimeType: "text/plain",
                        .text("This is an embedded resource content.")))
            ])
        }
    }

    private static var multipleTypes: Tool {
        .fixture("test_multiple_content_types", "Answers with text, a picture and a resource.") { _, _ in
            let json: JSONValue = ["test": "data", "value": 123]
            return .content([
                .text("Multiple content types test:"),
                .image(data: Samples.png, mimeType: "image/png"),
                .embedded(
                    ResourceContents(
                        uri: "test://mixed-content-resource", mimeType: "application/json", .text(json.text))),
            ])
        }
    }

    private static var failure: Tool {
        .fixture("test_error_handling", "Fails always.") { _, _ in
            .failure("This tool intentionally returns an error for testing")
        }
    }
}

import JSON
import MCP

enum Prompts {
    static var all: [Prompt] { [simple, withArguments, withResource, withImage, inputRequired] }

    private static var simple: Prompt {
        .fixture("test_simple_prompt", "A line of text.") { _, _ in .text("This is a simple prompt for testing.") }
    }

    private static var withArguments: Prompt {
        .fixture(
            "test_prompt_with_arguments", "A line of text that repeats the arguments.",
            arguments: [
                argument("arg1", "First test argument"), argument("arg2", "Second test argument"),
            ],
            completions: [Completion(argument: "arg1", from: ["test", "testing", "tests", "other"])]
        ) { arguments, _ in
            let first = arguments.string("arg1") ?? ""
            let second = arguments.string("arg2") ?? ""
            return .text("Prompt with arguments: arg1='\(first)', arg2='\(second)'")
        }
    }

    private static var withResource: Prompt {
        .fixture(
            "test_prompt_with_embedded_resource", "A resource and a request to look at it.",
            arguments: [argument("resourceUri", "URI of the resource to embed")]
        ) { arguments, _ in
            .user([
                .embedded(
                    ResourceContents(
                        uri: arguments.string("resourceUri") ?? "", mimeType: "text/plain",
                        .text("Embedded resource content for testing."))),
                .text("Please process the embedded resource above."),
            ])
        }
    }

    private static var withImage: Prompt {
        .fixture("test_prompt_with_image", "A picture and a request to look at it.") { _, _ in
            .user([
                .image(data: Samples.png, mimeType: "image/png"), .text("Please analyze the image above."),
            ])
        }
    }

    private static var inputRequired: Prompt {
        .fixture("test_input_required_result_prompt", "Asks the user what it shall be about.") { _, request in
            switch request.form("user_context") {
            case .accepted(let content)?:
                if let context = content["context"]?.string { return .text("Prompt with context: \(context)") }
            case .refused(let action)?: return .failure("The user did not answer (\(action)).")
            case nil: break
            }
            return .inputRequired(
                InputRequired([
                    .form("user_context", "What context should the prompt use?", field: "context", type: "string")
                ]))
        }
    }

    private static func argument(_ name: String, _ description: String) -> Prompt.Argument {
        Prompt.Argument(name, title: name, description: description, isRequired: true)
    }
}

"""Prompts, and the completion of their arguments."""

from harness.messages import Message
from wire.legacy import Session
from wire.modern import Modern
from wire.scenarios import scenario

Connection = Session | Modern


def contents_of(connection: Connection, prompt: str, **arguments: str) -> list[Message]:
    """The contents of the messages of a prompt."""
    params = {"name": prompt} | ({"arguments": arguments} if arguments else {})
    messages = connection.request("prompts/get", params)["messages"]
    assert {message["role"] for message in messages} == {"user"}
    return [message["content"] for message in messages]


@scenario("prompts-list", "prompts-list")
def test_every_prompt_has_a_name_and_a_description(connection: Connection) -> None:
    prompts = connection.request("prompts/list")["prompts"]
    assert prompts
    for prompt in prompts:
        assert prompt["name"] and prompt["description"], prompt
    arguments = {prompt["name"]: prompt.get("arguments", []) for prompt in prompts}
    assert [one["name"] for one in arguments["test_prompt_with_arguments"] if one.get("required")] == ["arg1", "arg2"]


@scenario("prompts-get-simple", "prompts-get-simple")
def test_a_prompt_without_arguments(connection: Connection) -> None:
    (content,) = contents_of(connection, "test_simple_prompt")
    assert content == {"type": "text", "text": "This is a simple prompt for testing."}


@scenario("prompts-get-with-args", "prompts-get-with-args")
def test_the_arguments_of_a_prompt_are_filled_in(connection: Connection) -> None:
    (content,) = contents_of(connection, "test_prompt_with_arguments", arg1="testValue1", arg2="testValue2")
    assert content["text"] == "Prompt with arguments: arg1='testValue1', arg2='testValue2'"


@scenario("prompts-get-embedded-resource", "prompts-get-embedded-resource")
def test_a_prompt_holds_a_resource(connection: Connection) -> None:
    uri = "test://example-resource"
    item, text = contents_of(connection, "test_prompt_with_embedded_resource", resourceUri=uri)
    assert item["type"] == "resource"
    assert item["resource"] == {"uri": uri, "mimeType": "text/plain", "text": "Embedded resource content for testing."}
    assert text == {"type": "text", "text": "Please process the embedded resource above."}


@scenario("prompts-get-with-image", "prompts-get-with-image")
def test_a_prompt_holds_an_image(connection: Connection) -> None:
    image, text = contents_of(connection, "test_prompt_with_image")
    assert (image["type"], image["mimeType"]) == ("image", "image/png")
    assert image["data"]
    assert text == {"type": "text", "text": "Please analyze the image above."}


@scenario("completion-complete", "completion-complete")
def test_an_argument_is_completed(connection: Connection) -> None:
    result = connection.request(
        "completion/complete",
        {
            "ref": {"type": "ref/prompt", "name": "test_prompt_with_arguments"},
            "argument": {"name": "arg1", "value": "test"},
        },
    )
    assert isinstance(result["completion"]["values"], list)

"""Requests that stand alone: their metadata, discovery, versions, capabilities, and methods (SEP-2575)."""

import pytest
from harness.messages import INVALID_PARAMS, META, METHOD_NOT_FOUND, MODERN, UNSUPPORTED_VERSION, Message
from wire.answers import Answer
from wire.http import Endpoint
from wire.modern import Modern, meta, standard_headers
from wire.scenarios import scenario

HEADER_MISMATCH = -32020
MISSING_CAPABILITY = -32021
UNKNOWN = "v999.0.0"

WITHOUT: dict[str, Message] = {
    "missing-meta": {},
    "missing-protocol-version": {"_meta": meta(protocolVersion=None)},
    "missing-client-capabilities": {"_meta": meta(clientCapabilities=None)},
}


@pytest.fixture
def client(endpoint: Endpoint, revision: str) -> Modern:
    """A client that declares no capabilities."""
    return Modern(endpoint, capabilities={})


def without_metadata(client: Modern, params: Message) -> Answer:
    """The answer to a discovery with exactly these params; the headers are as they should be."""
    headers = standard_headers("server/discover")
    return client.send("server/discover", {"_meta": None} | params, headers=headers, fits=False)


def in_version(client: Modern, version: str, header: str) -> Answer:
    headers = standard_headers("server/discover") | {"MCP-Protocol-Version": header}
    return client.send("server/discover", {"_meta": meta({}, protocolVersion=version)}, headers=headers)


# Metadata


@pytest.mark.parametrize(
    "params", [pytest.param(params, id=f"sep-2575-request-meta-invalid-{name}") for name, params in WITHOUT.items()]
)
@scenario("server-stateless")
def test_a_request_without_its_metadata_is_invalid(client: Modern, params: Message) -> None:
    assert without_metadata(client, params).error["code"] == INVALID_PARAMS


@pytest.mark.parametrize("params", WITHOUT.values(), ids=WITHOUT)
@scenario("server-stateless", "sep-2575-http-server-meta-invalid-400")
def test_a_request_without_its_metadata_is_a_bad_request(client: Modern, params: Message) -> None:
    assert without_metadata(client, params).status == 400


@scenario("server-stateless", "sep-2575-request-meta-client-info-optional")
def test_a_client_need_not_tell_who_it_is(client: Modern) -> None:
    assert client.request("server/discover", {"_meta": meta({}, clientInfo=None)})["supportedVersions"]


# Discovery


@scenario("server-stateless", "sep-2575-server-implements-discover")
def test_the_server_tells_its_versions_and_capabilities(client: Modern) -> None:
    found = client.request("server/discover")
    assert MODERN in found["supportedVersions"]
    assert found["capabilities"]


@pytest.mark.should
@scenario("server-stateless", "sep-2575-server-identifies-in-result-meta")
def test_the_server_tells_who_it_is(client: Modern) -> None:
    info = client.request("server/discover")["_meta"][META + "serverInfo"]
    assert info["name"] and info["version"]


@scenario("server-stateless", "sep-2575-server-declares-prompts-in-discover")
def test_a_server_with_prompts_declares_them(client: Modern) -> None:
    answer = client.send("prompts/list")
    assert "prompts" in client.request("server/discover")["capabilities"] or answer.error["code"] == METHOD_NOT_FOUND


@scenario("server-stateless", "sep-2575-discover-capabilities-match-handlers")
def test_a_server_has_tools_if_and_only_if_it_declares_them(client: Modern) -> None:
    answer = client.send("tools/list")
    if "tools" in client.request("server/discover")["capabilities"]:
        assert answer.result["tools"]
    else:
        assert answer.error["code"] == METHOD_NOT_FOUND


# Versions


@scenario("server-stateless", "sep-2575-server-unsupported-version-error")
def test_an_unknown_version_is_told_apart_with_what_is_known(client: Modern) -> None:
    error = in_version(client, UNKNOWN, UNKNOWN).error
    assert error["code"] == UNSUPPORTED_VERSION
    assert error["data"]["requested"] == UNKNOWN
    supported = error["data"]["supported"]
    assert supported and set(supported) <= set(client.request("server/discover")["supportedVersions"])


@scenario("server-stateless", "sep-2575-http-server-unsupported-version-400")
def test_an_unknown_version_is_a_bad_request(client: Modern) -> None:
    assert in_version(client, UNKNOWN, UNKNOWN).status == 400


@scenario("server-stateless", "sep-2575-http-server-header-mismatch-400")
def test_a_version_in_the_header_must_be_that_of_the_body(client: Modern) -> None:
    assert in_version(client, UNKNOWN, MODERN).status_and_code == (400, HEADER_MISMATCH)


# Capabilities of the client


def needs_sampling(client: Modern) -> Answer:
    return client.send("tools/call", {"name": "test_missing_capability", "arguments": {}})


@scenario("server-stateless", "sep-2575-server-rejects-undeclared-capability")
def test_a_capability_that_the_client_lacks_is_named(client: Modern) -> None:
    error = needs_sampling(client).error
    assert error["code"] == MISSING_CAPABILITY
    assert error["data"]["requiredCapabilities"]["sampling"] == {}


@scenario("server-stateless", "sep-2575-missing-capability-http-400")
def test_a_capability_that_the_client_lacks_makes_a_bad_request(client: Modern) -> None:
    assert needs_sampling(client).status == 400


@pytest.mark.beyond
@scenario("server-stateless", "beyond-declared-capability")
def test_a_capability_that_the_client_has_is_enough(endpoint: Endpoint, revision: str) -> None:
    assert not needs_sampling(Modern(endpoint, {"sampling": {}})).result.get("isError")


# Methods

REMOVED = ["initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"]
SLUGS = ["sep-2575-http-server-method-not-found-404-" + method.lower().replace("/", "-") for method in REMOVED]


@pytest.mark.parametrize("method", REMOVED, ids=SLUGS)
@scenario("server-stateless")
def test_a_method_that_was_removed_is_not_found(client: Modern, method: str) -> None:
    assert client.send(method).status_and_code == (404, METHOD_NOT_FOUND)


@scenario("server-stateless", "sep-2575-http-server-method-not-found-404")
def test_a_method_that_never_was_is_not_found(client: Modern) -> None:
    assert client.send("unknown/method").status_and_code == (404, METHOD_NOT_FOUND)


@pytest.mark.parametrize("identifier", [500, "an id"])
@scenario("server-stateless", "sep-2575-http-server-error-jsonrpc-id")
def test_an_error_carries_the_id_of_its_request(client: Modern, identifier: int | str) -> None:
    headers = standard_headers("server/discover")
    answers = [
        client.send("server/discover", {"_meta": None}, headers=headers, identifier=identifier, fits=False),
        client.send("server/discover", {"_meta": meta({})}, headers=headers | {"MCP-Protocol-Version": UNKNOWN}),
        client.send("unknown/method", identifier=identifier),
        client.send("tools/call", {"name": "test_missing_capability", "arguments": {}}, identifier=identifier),
    ]
    for answer in answers:
        assert answer.error
        assert (answer.response["id"], type(answer.response["id"])) == (answer.identifier, type(answer.identifier))


# Streams of answers


@scenario("server-stateless", "sep-2575-http-server-no-independent-requests-on-stream")
def test_a_stream_holds_no_request(endpoint: Endpoint, revision: str) -> None:
    """That no message is a request is asserted of every answer in this era."""
    client = Modern(endpoint, {"elicitation": {}})
    answer = client.send("tools/call", {"name": "test_streaming_elicitation", "arguments": {}})
    assert "error" not in answer.response, answer.response
    assert all(message["method"].startswith("notifications/") for message in answer.notifications)


@scenario("server-stateless", "sep-2575-server-no-log-without-loglevel")
def test_nothing_is_logged_that_was_not_asked_for(client: Modern) -> None:
    answer = client.send("tools/call", {"name": "test_logging_tool", "arguments": {}})
    assert "error" not in answer.response, answer.response
    assert [message["method"] for message in answer.notifications if message["method"] == "notifications/message"] == []


@pytest.mark.beyond
@pytest.mark.parametrize(("level", "count"), [("debug", 1), ("info", 1), ("notice", 0), ("error", 0)])
@scenario("server-stateless", "beyond-log-with-loglevel")
def test_what_is_logged_is_what_was_asked_for(client: Modern, level: str, count: int) -> None:
    params = {"name": "test_logging_tool", "arguments": {}, "_meta": meta({}, logLevel=level)}
    answer = client.send("tools/call", params)
    assert not answer.result.get("isError")
    assert [message["method"] for message in answer.notifications] == ["notifications/message"] * count


@pytest.mark.beyond
@scenario("server-stateless", "beyond-log-level-unknown")
def test_a_level_that_is_none_is_refused(client: Modern) -> None:
    params = {"name": "test_logging_tool", "arguments": {}, "_meta": meta({}, logLevel="loud")}
    assert client.send("tools/call", params, fits=False).error["code"] == INVALID_PARAMS

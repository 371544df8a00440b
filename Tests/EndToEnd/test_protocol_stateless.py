"""The modern era, 2026-07-28: no handshake, each request brings its own version."""

import pytest
from harness.expectations import structured
from harness.messages import (
    INVALID_PARAMS,
    META,
    METHOD_NOT_FOUND,
    MODERN,
    UNSUPPORTED_VERSION,
    call,
    in_revision,
    meta,
    request,
)
from harness.process import Server, Start

pytestmark = pytest.mark.same_everywhere("the rules of the protocol, on text")


@pytest.fixture
def server(start: Start) -> Server:
    return start(revision=MODERN)


def test_discover_names_the_versions_the_capabilities_and_the_server(server: Server) -> None:
    result = server.result_of(in_revision(request("discover", "server/discover"), MODERN))
    assert result["resultType"] == "complete"
    assert MODERN in result["supportedVersions"]
    assert "tools" in result["capabilities"]
    assert result["ttlMs"] >= 0
    assert result["cacheScope"] in ("public", "private")
    assert result["_meta"][META + "serverInfo"]["name"] == "tmdb-mcp"


@pytest.mark.every_platform
def test_the_first_request_may_be_a_call(server: Server) -> None:
    answer = server.ask(call(1, {"query": "matrix"}, MODERN))
    assert answer["result"]["resultType"] == "complete"
    assert structured(answer["result"])["results"]


def test_the_list_of_tools_is_complete_and_cacheable(server: Server) -> None:
    result = server.result_of(in_revision(request(1, "tools/list"), MODERN))
    assert "search" in [tool["name"] for tool in result["tools"]] and "nextCursor" not in result
    assert result["resultType"] == "complete"
    assert result["ttlMs"] >= 0
    assert result["cacheScope"] in ("public", "private")
    assert result == server.result_of(in_revision(request(2, "tools/list"), MODERN))


@pytest.mark.parametrize("method", ["server/discover", "tools/list", "tools/call"])
@pytest.mark.parametrize("version", ["1900-01-01", "2099-01-01", "", "draft"])
def test_an_unsupported_version_is_answered_with_the_supported_ones(server: Server, method: str, version: str) -> None:
    params = {"_meta": meta(version), "name": "search", "arguments": {"query": "matrix"}}
    error = server.error_of(request(1, method, params))
    assert error["code"] == UNSUPPORTED_VERSION
    assert error["data"]["requested"] == version
    assert MODERN in error["data"]["supported"]
    assert server.is_alive()


@pytest.mark.parametrize("missing", ["protocolVersion", "clientCapabilities"])
def test_a_request_without_a_required_field_of_meta_is_refused(server: Server, missing: str) -> None:
    fields = {name: value for name, value in meta().items() if name != META + missing}
    error = server.error_of(request(1, "server/discover", {"_meta": fields}))
    assert error["code"] == INVALID_PARAMS
    assert server.is_alive()


def test_the_name_of_the_client_may_be_kept_back(server: Server) -> None:
    fields = {name: value for name, value in meta().items() if name != META + "clientInfo"}
    assert server.result_of(request(1, "tools/list", {"_meta": fields}))["tools"]


@pytest.mark.parametrize("method", ["ping", "logging/setLevel", "resources/subscribe", "made/up"])
def test_methods_that_the_revision_does_not_have_are_unknown(server: Server, method: str) -> None:
    assert server.error_of(in_revision(request(1, method), MODERN))["code"] == METHOD_NOT_FOUND
    assert server.is_alive()


@pytest.mark.every_platform
def test_both_eras_can_be_spoken_in_one_process(start: Start) -> None:
    """A client that probes with `server/discover` may fall back to `initialize`."""
    server = start(opened=False)
    server.result_of(in_revision(request("probe", "server/discover"), MODERN))
    server.open()
    assert structured(server.call({"query": "matrix"}))["results"]

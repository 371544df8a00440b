"""Hints for caches on every result that may be kept."""

import pytest
from harness.messages import Message
from wire.modern import Modern
from wire.scenarios import scenario

ENDPOINTS = {
    "tools/list": "sep-2549-tools-list-caching-hints",
    "prompts/list": "sep-2549-prompts-list-caching-hints",
    "resources/list": "sep-2549-resources-list-caching-hints",
    "resources/templates/list": "sep-2549-resources-templates-list-caching-hints",
    "resources/read": "sep-2549-resources-read-caching-hints",
}


def result_of(connection: Modern, method: str) -> Message:
    """The result of the method; of the first resource, where it reads one."""
    if method != "resources/read":
        return connection.request(method)
    return connection.request(method, {"uri": connection.request("resources/list")["resources"][0]["uri"]})


@pytest.mark.parametrize("method", [pytest.param(method, id=check) for method, check in ENDPOINTS.items()])
@scenario("caching")
def test_a_result_that_may_be_kept_has_hints(connection: Modern, method: str) -> None:
    assert {"ttlMs", "cacheScope"} <= set(result_of(connection, method))


@scenario("caching", "sep-2549-ttl-non-negative")
def test_the_times_to_live_are_whole_and_not_negative(connection: Modern) -> None:
    for method in ENDPOINTS:
        lifetime = result_of(connection, method)["ttlMs"]
        assert type(lifetime) is int and lifetime >= 0, method


@scenario("caching", "sep-2549-cache-scope-valid")
def test_the_scopes_are_public_or_private(connection: Modern) -> None:
    for method in ENDPOINTS:
        assert result_of(connection, method)["cacheScope"] in ("public", "private"), method

"""Arguments that a model may get wrong: the answer names the argument and what it may be, and nothing goes upstream."""

from typing import Any

import pytest
from harness.expectations import ARGUMENTS, failure, says, structured
from harness.messages import LEGACY, MODERN, NEWEST_LEGACY, call
from harness.process import Start
from standin import StandIn

pytestmark = pytest.mark.same_everywhere("what is said of arguments is text")

# name of the argument, arguments, what the message says
WRONG: dict[str, tuple[str, Any, str]] = {
    "no query": ("query", {}, "missing"),
    "page without query": ("query", {"page": 1}, "missing"),
    "null query": ("query", {"query": None}, "missing"),
    "empty query": ("query", {"query": ""}, "empty"),
    "blank query": ("query", {"query": " \t "}, "empty"),
    "list as query": ("query", {"query": ["matrix", "dune"]}, "string"),
    "object as query": ("query", {"query": {"a": "matrix"}}, "string"),
    "page -1": ("page", {"query": "x", "page": -1}, "page"),
    "page 501": ("page", {"query": "x", "page": 501}, "page"),
    "page 1.5": ("page", {"query": "x", "page": 1.5}, "integer"),
    "page as another text": ("page", {"query": "x", "page": "two"}, "integer"),
    "page as bool": ("page", {"query": "x", "page": True}, "integer"),
    "page 2 to the 31": ("page", {"query": "x", "page": 2**31}, "page"),
    "page 2 to the 32 and 1": ("page", {"query": "x", "page": 2**32 + 1}, "page"),
    "page 2 to the 64 and 1": ("page", {"query": "x", "page": 2**64 + 1}, "page"),
    "page 1e300": ("page", {"query": "x", "page": 1e300}, "page"),
    "language as a word": ("language", {"query": "x", "language": "english"}, "language"),
    "language that is a country": ("language", {"query": "x", "language": "jp"}, "language"),
    "language with more": ("language", {"query": "x", "language": "en-US&api_key=1"}, "language"),
    "number as language": ("language", {"query": "x", "language": 5}, "language"),
    "unknown argument": ("actor", {"query": "x", "actor": "y"}, "unknown"),
    "argument of another case": ("Query", {"query": "x", "Query": "y"}, "unknown"),
}


@pytest.mark.every_platform
@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
def test_each_wrong_argument_is_explained_in_the_result(start: Start, tmdb: StandIn, revision: str) -> None:
    server = start(revision=revision)
    for name, arguments, kind in WRONG.values():
        assert says(failure(server.call(arguments)), (rf"\b{name}\b", *ARGUMENTS[kind]))
    assert tmdb.requests == []
    assert structured(server.call({"query": "matrix"}))["results"]


# arguments, and what of them TMDB is asked with
LOOSE: dict[str, tuple[Any, dict[str, str]]] = {
    "page as text": ({"query": "x", "page": "2"}, {"page": "2"}),
    "number as query": ({"query": 2012}, {"query": "2012"}),
    "language of another form": ({"query": "x", "language": "pt_br"}, {"language": "pt-BR"}),
    "blank for what is not wanted": ({"query": "x", "language": "", "region": ""}, {"language": "en-US"}),
}


@pytest.mark.parametrize(("arguments", "sent"), LOOSE.values(), ids=LOOSE)
def test_an_argument_whose_meaning_is_plain_is_taken(
    start: Start, tmdb: StandIn, arguments: Any, sent: dict[str, str]
) -> None:
    structured(start().call(arguments))
    asked = tmdb.requests[0].query
    assert {name: asked[name] for name in sent} == sent


@pytest.mark.parametrize("revision", LEGACY)
def test_a_wrong_argument_is_an_error_in_the_older_revisions_too(start: Start, revision: str) -> None:
    """They allow a tool result and a protocol error alike."""
    answer = start(revision=revision).ask(call(1, {"query": "x", "page": 501}, revision))
    message = answer["error"]["message"] if "error" in answer else failure(answer["result"])
    assert says(message, ("page", *ARGUMENTS["page"]))


def test_a_wrong_value_is_not_repeated_at_length(start: Start) -> None:
    message = failure(start().call({"query": "x", "language": "l" * 100_000}))
    assert len(message) < 1000

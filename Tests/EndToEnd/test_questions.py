"""What people ask is answered in two short calls at most; docs/questions.md has them, and what they cost.

`make questions` writes that page.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from harness.expectations import text_of
from harness.messages import MODERN, call
from harness.process import Server, Start
from harness.questions import QUESTIONS, Question
from standin import SESSION

pytestmark = pytest.mark.same_everywhere("results are put together as text")

OWN = {"TMDB_MCP_TOOLS": "all,account", "TMDB_SESSION": SESSION}
"""So that a person's own lists are there."""
CALLS_MAX = 2
BYTES_MAX = 8 * 1024
PAGE = Path(__file__).parents[2] / "docs" / "questions.md"

INTRODUCTION = """# Questions

What people ask, the calls that answer it, and how many bytes of text each call returns, on the sample data of
`make run`. A model that knows the tools needs two calls of 8 KB at most; a test makes all of them, and `make questions`
writes this page.

| question | calls | bytes |
|---|---|---|
"""


def texts_of(server: Server, question: Question) -> list[str]:
    """The text of each call, none of which fails."""
    texts = []
    for tool, arguments in question.calls:
        result = server.result_of(call(server.identifier(), arguments, MODERN, name=tool))
        assert not result.get("isError"), (question.words, text_of(result))
        texts.append(text_of(result))
    return texts


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.words)
def test_a_question_is_answered_in_two_short_calls(start: Start, question: Question) -> None:
    texts = texts_of(start(revision=MODERN, **OWN), question)
    assert 1 <= len(texts) <= CALLS_MAX
    assert all(len(text.encode()) <= BYTES_MAX for text in texts)
    place = 0
    for pattern in question.answer:
        found = re.search(pattern, texts[-1][place:])
        assert found, f"{pattern} is not in the rest of the answer: {texts[-1][place:]}"
        place += found.end()
    for pattern in question.absent:
        assert not re.search(pattern, texts[-1]), pattern


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.words)
def test_an_id_is_known_from_the_call_before(start: Start, question: Question) -> None:
    first, *_ = texts_of(start(revision=MODERN, **OWN), question)
    ids = [each for _, arguments in question.calls for each in [arguments.get("id"), *arguments.get("ids", [])] if each]
    assert all(re.search(rf'"id":{each}\b', first) for each in ids)


def words_of(tool: str, arguments: dict[str, Any]) -> str:
    """As a line of the shell takes it, roughly: text as it is, all else as JSON."""
    own = (
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in arguments.items()
    )
    return f"`{tool}` {', '.join(own)}"


def page_of(server: Server) -> str:
    lines = []
    for question in QUESTIONS:
        calls = "; ".join(words_of(*each) for each in question.calls)
        sizes = " + ".join(f"{len(text.encode()):,}" for text in texts_of(server, question))
        lines.append(f"| {question.words} | {calls.replace('|', chr(92) + '|')} | {sizes} |\n")
    return INTRODUCTION + "".join(lines)


def test_the_page_tells_what_is_measured(start: Start) -> None:
    page = page_of(start(revision=MODERN, **OWN))
    if os.environ.get("WRITE_QUESTIONS"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "docs/questions.md is of another program: make questions"

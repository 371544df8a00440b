"""More sentences behind the first of an overview, so that overviews are as long as TMDB's: some 250 characters, at
times over 600."""

from __future__ import annotations

from . import invented

SENTENCES = (
    "What begins as a small favour between neighbours soon involves the whole street, the police and a borrowed van.",
    "Old debts are called in, and not all of them are about money.",
    "The only witness says nothing, because nobody has thought of asking.",
    "With winter near and the roads closed, those who stayed behind have to trust each other for once.",
    "A letter that was never posted turns up in the wrong hands – and is answered.",
    "Between rehearsals, quarrels and a leaking roof there is hardly time to see what goes missing.",
    "Meanwhile somebody who was thought to be far away has taken a room across the yard, and watches.",
    "By the time the truth is out, most of them have grown fond of the lie.",
    'They call it "the arrangement"; it holds for eleven days.',
    "It is the last summer before everything changes, although it does not look like it from the pier.",
)
PLAIN = {603, 604, 605, 624860}
"""Films that keep their one sentence: what benchmarks search for stays the size that it was."""


def lengthened(identifier: int, overview: str) -> str:
    """The overview and none to six sentences more; one that is empty stays so."""
    if not overview or identifier in PLAIN:
        return overview
    first = invented.number("filler", identifier, 0, len(SENTENCES))
    count = (0, 1, 1, 2, 2, 3, 6)[invented.number("length", identifier, 0, 7)]
    return " ".join([overview, *(SENTENCES[(first + step) % len(SENTENCES)] for step in range(count))])

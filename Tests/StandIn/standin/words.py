"""Titles and overviews in the language that was asked for, as TMDB does it.

A title without a translation keeps its English one, an overview is then empty; the original language brings the
original title; a language that does not exist brings nulls.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from . import catalog
from .catalog import Title


@dataclass(frozen=True)
class Language:
    """What the parameter `language` asks for; `code` is empty when there is no such language."""

    code: str

    @staticmethod
    def of(text: str | None) -> Language:
        found = re.fullmatch(r"([a-z]{2})(-[A-Za-z]{2})?", text or "en-US")
        return Language(found[1] if found and found[1] in _codes() else "")

    @property
    def exists(self) -> bool:
        return self.code != ""


@cache
def _codes() -> set[str]:
    return {row["code"] for row in catalog.table("languages")}


def title(of: Title, language: Language) -> str | None:
    if not language.exists:
        return None
    if language.code == of.language:
        return of.original
    return of.de_title or of.title if language.code == "de" else of.title


def overview(of: Title, language: Language) -> str | None:
    if not language.exists:
        return None
    return {"en": of.overview, "de": of.de_overview}.get(language.code, "")


def in_english(text: str, language: Language) -> str | None:
    """A text that nobody has translated."""
    return (text if language.code == "en" else "") if language.exists else None


@cache
def genres(kind: str, code: str) -> dict[int, str | None]:
    """The names of the genres of films or series by id."""
    rows = [row for row in catalog.table("genres") if kind in row["kinds"].split(",")]
    return {int(row["id"]): row.get(code, row["en"]) if code else None for row in rows}


def words(text: str) -> set[str]:
    """The words of a text without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain))


def begins(wanted: set[str], names: set[str]) -> bool:
    """Whether each word that is wanted begins one of the names."""
    return all(any(name.startswith(word) for name in names) for word in wanted)

"""A request's parameters as TMDB reads them, and its paging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .errors import Refused
from .words import Language

PAGE_MAX = 500
ROWS_PER_PAGE = 20
APPENDED_MAX = 20


@dataclass(frozen=True)
class Ask:
    """The query of one accepted request."""

    query: Mapping[str, str]

    @cached_property
    def language(self) -> Language:
        return Language.of(self.query.get("language") or None)

    @property
    def page(self) -> int:
        text = self.query.get("page", "1")
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= PAGE_MAX):
            raise Refused(22)
        return int(text)

    @property
    def adult(self) -> bool:
        return self.query.get("include_adult") == "true"

    @property
    def appended(self) -> list[str]:
        """The namespaces to append. TMDB passes over those that it does not know."""
        names = [name.strip() for name in self.query.get("append_to_response", "").split(",") if name.strip()]
        if len(names) > APPENDED_MAX:
            raise Refused(27)
        return names

    def get(self, name: str) -> str:
        return self.query.get(name, "").strip()

    def paged(self, rows: Sequence[Any], *, total: int | None = None, **more: Any) -> dict[str, Any]:
        """One page of the rows; `total` is said in place of their number."""
        page, start = self.page, (self.page - 1) * ROWS_PER_PAGE
        count = len(rows) if total is None else total
        return more | {
            "page": page,
            "results": list(rows[start : start + ROWS_PER_PAGE]),
            "total_pages": -(-count // ROWS_PER_PAGE),
            "total_results": count,
        }

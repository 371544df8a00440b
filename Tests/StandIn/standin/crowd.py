"""The many small parts of two titles, so that a cast of ordinary length occurs."""

from __future__ import annotations

FIRST = ("Alva", "Bruno", "Cora", "Dario", "Elin", "Felix", "Greta", "Hugo", "Ines", "Jonas")
LAST = ("Brandt", "Castellan", "Dupont", "Eriksen")
FIRST_ID = 991001


def crowd_people() -> list[tuple[int, str, int]]:
    """Id, name and gender of each of the forty."""
    names = [(f"{first} {last}", index) for last in LAST for index, first in enumerate(FIRST)]
    return [(FIRST_ID + place, name, 1 if index % 2 == 0 else 2) for place, (name, index) in enumerate(names)]


CROWD = {
    title: [(identifier, f"{part} #{identifier - FIRST_ID + 1}") for identifier, _, _ in crowd_people()]
    for title, part in ((603, "Passer-by"), (1396, "Customer"))
}
"""Cast of the film 603 and of the series 1396, behind those that their tables name."""

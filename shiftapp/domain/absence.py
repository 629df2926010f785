"""An absence: the cells at which somebody is away, and the spans of dates that a run keeps it as."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shiftapp.domain.cell import Cell, Cells, Place

Span = Mapping[str, Any]
"""``staff_id`` and ISO dates ``first`` and ``last``, both inclusive."""


def absence(staff_id: int, first: date, last: date) -> frozenset[Place]:
    """Return the cells of somebody from one date to another, both inclusive."""
    return frozenset((staff_id, first + timedelta(days=day)) for day in range((last - first).days + 1))


def from_spans(spans: Iterable[Span]) -> frozenset[Place]:
    """Return the cells of some spans."""
    return frozenset[Place]().union(
        *(absence(one["staff_id"], date.fromisoformat(one["first"]), date.fromisoformat(one["last"])) for one in spans)
    )


def to_spans(away: Iterable[Place]) -> list[dict[str, Any]]:
    """Return the fewest spans of some cells, in order."""
    spans: list[list[Any]] = []
    for staff_id, day in sorted(away):
        if spans and spans[-1][0] == staff_id and spans[-1][2] == day - timedelta(days=1):
            spans[-1][2] = day
        else:
            spans.append([staff_id, day, day])
    return [{"staff_id": who, "first": first.isoformat(), "last": last.isoformat()} for who, first, last in spans]


def without_pins(cells: Cells, places: Collection[Place]) -> dict[Place, Cell]:
    """Return the cells with the pins of some of them taken off."""
    return {place: replace(cell, pinned=cell.pinned and place not in places) for place, cell in cells.items()}

"""The desks of the load test: a period each, who sits at it, what they type, and what came of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from uuid import uuid4

from tests.load.line import Edit, Line


@dataclass
class Desk:
    """One period: its clients, and what is typed into it."""

    lines: list[Line]
    edits: list[Edit] = field(default_factory=list)
    _turns: Iterator[tuple[dict[str, Any], Edit]] | None = None

    def type(self) -> None:
        """Have a random client that is there type into a cell that none has changed lately."""
        self._turns = self._turns or self._cells(self.lines[0].snapshot)
        asked, edit = next(self._turns)
        self.edits.append(edit)
        random.choice([line for line in self.lines if line.joined is not None]).type(asked, edit)

    def _cells(self, grid: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Edit]]:
        """Go through the cells in random order, again and again; no cell gets the letter it has."""
        types = {shift[0]: int(shift[1]) for shift in grid["shifts"] if shift[8]}
        slots = [slot.zfill(3) for slot in grid["order"]]
        letters = {
            (slot, column): letter
            for slot in slots
            for column, letter in enumerate(grid[f"r{slot}"])
            if letter not in " "
        }
        while True:
            for slot, column in random.sample(list(letters), len(letters)):
                letter = random.choice([each for each in types if each != letters[slot, column]])
                letters[slot, column] = letter
                strip = {
                    "staff_id": int(grid["people"][int(slot)][0]),
                    "day": grid["days"][column][0],
                    "letters": letter,
                }
                asked = {"period_id": grid["period"], "edit_id": str(uuid4()), "kind": "edit", "strips": [strip]}
                yield {**asked, "types": {letter: types[letter]}}, Edit(slot, column, letter, 0.0)


def tally(desks: list[Desk]) -> dict[str, Any]:
    """Say what was sent and what came when, in milliseconds."""
    spent: list[float] = []
    last: list[float] = []
    lost = 0
    for desk in desks:
        for edit in (edit for edit in desk.edits if edit.seq):
            there = [line for line in desk.lines if line.seqs and line.seqs[0] < edit.seq]
            heard = [line.heard(edit.seq) for line in there]
            came = [1000 * (moment - edit.sent) for moment in heard if moment is not None]
            lost += len(heard) - len(came)
            spent += came
            last.append(max(came))
    edits = [edit for desk in desks for edit in desk.edits]
    percentiles = quantiles(spent, n=100)
    return {
        "sent": len(edits),
        "acknowledged": sum(edit.acknowledged for edit in edits),
        "unseen": sum(not edit.seq for edit in edits),
        "delivered": len(spent),
        "lost": lost,
        "p50_ms": round(percentiles[49], 1),
        "p95_ms": round(percentiles[94], 1),
        "p99_ms": round(percentiles[98], 1),
        "to_last_p95_ms": round(quantiles(last, n=20)[-1], 1),
    }

"""How many people with a skill have a shift type on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from solver.rules.day_count import DayCount

if TYPE_CHECKING:
    from solver.index import Index


class Coverage(DayCount):
    """``minimum ≤ number of people with the skill and one of the shifts ≤ maximum`` a day, best of all ``preferred``.

    Everybody missing or too many breaks the rule by ``minimum_weight`` or ``maximum_weight``, and everybody away from
    the number preferred by ``preferred_weight``. No skill counts everyone. One rule a shift type and skill says what
    each weekday or date needs.
    """

    kind: Literal["coverage"] = "coverage"
    skill: str | None = None

    def counted(self, index: Index) -> Sequence[int]:
        """Positions of the people in scope who have the skill."""
        people = index.people(self.scope)
        return people if self.skill is None else index.skilled(people, self.skill)

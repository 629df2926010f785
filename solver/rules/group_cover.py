"""People who cover for one another are not away at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from solver.frozen import PersonId
from solver.rules.day_absence import DayAbsence
from solver.rules.rule import Mentions

if TYPE_CHECKING:
    from solver.index import Index


class GroupCover(DayAbsence):
    """At most ``limit`` half days of absence a day among ``members``: ``Σ absence[m, day] ≤ limit``.

    Every half day above breaks the rule by 1. Of the scope, only the days matter.
    """

    kind: Literal["group_cover"] = "group_cover"
    members: tuple[PersonId, ...] = Field(min_length=2)

    def mentions(self) -> Mentions:
        """Return the scope's days and the members."""
        return super().mentions()._replace(people=self.members)

    def counted(self, index: Index) -> Sequence[int]:
        """Positions of the members."""
        return [index.person[member] for member in self.members]

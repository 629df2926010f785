"""How many of a staff type are away on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from solver.rules.day_absence import DayAbsence

if TYPE_CHECKING:
    from solver.index import Index


class StaffTypeLimits(DayAbsence):
    """At most ``limit`` half days of absence a day among the people in scope of one staff type.

    ``Σ absence[p, day] ≤ limit`` over all ``p`` of ``staff_type``; every half day above breaks the rule by 1.
    """

    kind: Literal["staff_type_limits"] = "staff_type_limits"
    staff_type: str

    def counted(self, index: Index) -> Sequence[int]:
        """Positions of the people of the staff type."""
        return index.typed(index.people(self.scope), self.staff_type)

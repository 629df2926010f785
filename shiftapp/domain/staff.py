"""Staff members, the rows of the grid, and the groups who cover for one another."""

from dataclasses import dataclass
from datetime import date

from shiftapp.domain.shift_type import StaffType


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One row of the grid.

    Attributes
    ----------
    weekly_minutes : int
        Contracted minutes a week, 0–10080.
    employed_from, employed_to : date or None
        Employment, both ends inclusive; ``None`` is without end.
    """

    id: int
    rank: int
    name: str
    position: str
    department: str
    staff_type: StaffType
    skills: tuple[str, ...]
    weekly_minutes: int
    employed_from: date | None
    employed_to: date | None
    active: bool = True

    def employed_on(self, day: date) -> bool:
        """Whether ``day`` lies inside the employment."""
        return (self.employed_from is None or self.employed_from <= day) and (
            self.employed_to is None or day <= self.employed_to
        )

    def employed_within(self, first: date, last: date) -> bool:
        """Whether the employment touches ``first``–``last`` (inclusive)."""
        return (self.employed_from is None or self.employed_from <= last) and (
            self.employed_to is None or first <= self.employed_to
        )


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """Staff who cover for one another, with the backups who can step in."""

    id: int
    rank: int
    name: str
    members: tuple[int, ...]
    backups: tuple[int, ...] = ()

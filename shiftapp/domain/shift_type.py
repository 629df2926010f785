"""Shift types: the symbols a cell may hold."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["work", "off", "early", "late", "leave", "unavailable"]
KINDS: tuple[Kind, ...] = get_args(Kind)

StaffType = Literal["regular", "contract", "part_time"]
STAFF_TYPES: tuple[StaffType, ...] = get_args(StaffType)


@dataclass(frozen=True, slots=True)
class ShiftType:
    """One shift type of a team.

    Attributes
    ----------
    id : int
        0 while it is not stored yet.
    rank : int
        Order in menus and legends, from 0.
    code : str
        Short ASCII name, unique in the team.
    symbol : str
        What a cell shows, 1–3 characters, unique in the team.
    key : str
        The keyboard key that types it, one character or empty.
    kind : Kind
        What the rules count it as.
    start_minute, end_minute : int or None
        Minutes after midnight, 0–2879; an end beyond 1440 lies on the next day.
    minutes : int
        Paid minutes, 0–1440.
    absence : int
        Half days of absence, 0–2.
    rest : bool
        Whether it ends a run of working days.
    staff_types : tuple of StaffType or None
        Who may have it; ``None`` is everyone.
    """

    id: int
    rank: int
    code: str
    symbol: str
    key: str
    name_ja: str
    name_en: str
    kind: Kind
    start_minute: int | None
    end_minute: int | None
    minutes: int
    absence: int
    rest: bool
    colour: str
    staff_types: tuple[StaffType, ...] | None = None
    active: bool = True

    @property
    def works(self) -> bool:
        """Whether somebody who has it comes to work that day."""
        return not self.rest

    def with_id(self, id: int) -> "ShiftType":
        """Return the same shift type under the id the database gave it."""
        return replace(self, id=id)


def _work(rank: int, code: str, symbol: str, key: str, ja: str, en: str, colour: str) -> ShiftType:
    return ShiftType(0, rank, code, symbol, key, ja, en, "work", 540, 1080, 480, 0, False, colour)


def default_shift_types() -> tuple[ShiftType, ...]:
    """Return the nine shift types that a new team starts with, by rank."""
    return (
        _work(0, "work", "○", "o", "出勤", "Work", "gray"),
        ShiftType(0, 1, "off", "×", "x", "休み", "Off", "off", None, None, 0, 2, True, "red"),
        ShiftType(0, 2, "early", "△", "e", "早上がり", "Early", "early", 540, 780, 240, 1, False, "blue"),
        ShiftType(0, 3, "late", "◇", "l", "遅番", "Late", "late", 780, 1320, 480, 0, False, "violet"),
        ShiftType(0, 4, "leave", "★", "h", "指定休", "Designated leave", "leave", None, None, 0, 2, True, "amber"),
        ShiftType(
            0, 5, "unavailable", "⊘", "u", "勤務不可", "Unavailable", "unavailable", None, None, 0, 2, True, "gray"
        ),
        _work(6, "special", "●", "s", "特別勤務", "Special", "teal"),
        _work(7, "station_a", "◎", "a", "持ち場A", "Station A", "green"),
        _work(8, "station_b", "▣", "b", "持ち場B", "Station B", "indigo"),
    )

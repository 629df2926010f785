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
    automatic : bool
        Whether a run may give it to somebody who did not ask for it. Leave is asked for; a station is entered by hand.
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
    automatic: bool = False
    active: bool = True

    def with_id(self, id: int) -> "ShiftType":
        """Return the same shift type under the id the database gave it."""
        return replace(self, id=id)


def default_shift_types() -> tuple[ShiftType, ...]:
    """Return the nine shift types that a new team starts with, by rank."""
    day, noon, evening = (540, 1080, 480), (540, 780, 240), (780, 1320, 480)  # start, end, paid minutes
    none = (None, None, 0)
    return (
        ShiftType(0, 0, "work", "○", "o", "出勤", "Work", "work", *day, 0, False, "gray", automatic=True),
        ShiftType(0, 1, "off", "×", "x", "休み", "Off", "off", *none, 2, True, "red", automatic=True),
        ShiftType(0, 2, "early", "△", "e", "早上がり", "Early", "early", *noon, 1, False, "blue", automatic=True),
        ShiftType(0, 3, "late", "◇", "l", "遅番", "Late", "late", *evening, 0, False, "violet", automatic=True),
        ShiftType(0, 4, "leave", "★", "h", "指定休", "Designated leave", "leave", *none, 2, True, "amber"),
        ShiftType(0, 5, "unavailable", "⊘", "u", "勤務不可", "Unavailable", "unavailable", *none, 2, True, "gray"),
        ShiftType(0, 6, "special", "●", "s", "特別勤務", "Special", "work", *day, 0, False, "teal"),
        ShiftType(0, 7, "station_a", "◎", "a", "持ち場A", "Station A", "work", *day, 0, False, "green"),
        ShiftType(0, 8, "station_b", "▣", "b", "持ち場B", "Station B", "work", *day, 0, False, "indigo"),
    )

"""Requests: what staff members ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

RequestState = Literal["open", "approved", "declined"]
HIGHEST_WEIGHT = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """A shift type wanted, or not wanted, on a date; ``weight`` 0–1000 is its cost when it is not kept."""

    id: int
    staff_id: int
    day: date
    shift: int
    wanted: bool
    weight: int
    note: str = ""
    state: RequestState = "open"

"""The names of the small random problems: five shift types, four people, nine days."""

from __future__ import annotations

from datetime import date

from solver.problem import Shift

SHIFTS = (
    Shift(id="work", kind="work", start=540, end=1080, minutes=480),
    Shift(id="off", kind="off", absence=2, rest=True),
    Shift(id="early", kind="early", start=360, minutes=240, absence=1),
    Shift(id="leave", kind="leave", absence=2, rest=True),
    Shift(id="night", kind="work", start=1320, minutes=500),
)
IDS = tuple(shift.id for shift in SHIFTS)
PEOPLE = ("ann", "bo", "cy", "di")
DAYS = 9
CLOSED = 4
START = date(2027, 3, 22)
ZONE = "Europe/Berlin"
"""A Monday, six days before clocks go forward."""

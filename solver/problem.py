"""The wire format of a rostering problem: people, days, shift types, rules, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from solver.clock import known_zone
from solver.frozen import Frozen, PersonId, ShiftId
from solver.index import Index
from solver.rules import AnyRule

ShiftKind = Literal["work", "off", "early", "late", "leave", "unavailable"]


class Shift(Frozen):
    """A shift type: what one cell of a roster may hold."""

    id: ShiftId = Field(min_length=1)
    kind: ShiftKind = "work"
    start: int | None = Field(default=None, ge=0, lt=1440, description="minutes after midnight; null without times")
    end: int | None = Field(
        default=None,
        ge=0,
        le=4320,
        description="minutes after midnight of the day it starts, above 1440 on a later day; null: start + minutes",
    )
    minutes: int = Field(default=0, ge=0, le=2880, description="working time")
    absence: int = Field(default=0, ge=0, le=2, description="half days away from the group")
    rest: bool = Field(default=False, description="ends a run of working days")

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end is not None and (self.start is None or self.end < self.start):
            raise ValueError(f"shift {self.id!r}: expected an end after the start, found {self.start} to {self.end}")
        return self


class Person(Frozen):
    """A staff member, employed from ``first_day`` to ``last_day``, both inclusive; they may lie outside the horizon."""

    id: PersonId = Field(min_length=1)
    name: str = ""
    staff_type: str = ""
    skills: tuple[str, ...] = ()
    first_day: int | None = Field(default=None, description="null: before the horizon")
    last_day: int | None = Field(default=None, description="null: after the horizon")


class Problem(Frozen):
    """Everything a roster is made from and priced with.

    ``before`` gives, for a person, the shifts of the days just before day 0, the last one being day -1; null is
    unknown. It is the carry-in of rules that look at several days in a row.
    """

    start: date = Field(description="the date of day 0")
    days: int = Field(ge=1, le=366)
    zone: str | None = Field(default=None, description="IANA time zone of the shifts' times; null: all days are 24 h")
    shifts: tuple[Shift, ...] = Field(min_length=1)
    people: tuple[Person, ...] = Field(min_length=1)
    before: dict[PersonId, tuple[ShiftId | None, ...]] = Field(default_factory=dict)
    rules: tuple[Annotated[AnyRule, Field(discriminator="kind")], ...] = ()

    @field_validator("zone")
    @classmethod
    def _knows_its_zone(cls, zone: str | None) -> str | None:
        if zone is not None and not known_zone(zone):
            raise ValueError(f"there is no time zone {zone!r}; expected a name as Asia/Tokyo")
        return zone

    @cached_property
    def index(self) -> Index:
        """The look-ups of this problem, built once."""
        return Index(self)

    @model_validator(mode="after")
    def _knows_its_names(self) -> Self:
        """Refuse duplicate ids, and rules that speak of somebody or something that is not there."""
        people = _unique("people", (person.id for person in self.people))
        shifts = _unique("shifts", (shift.id for shift in self.shifts))
        _known("before", "person", self.before, people)
        for person, row in self.before.items():
            _known(f"before[{person}]", "shift", (shift for shift in row if shift is not None), shifts)
        for position, rule in enumerate(self.rules):
            where = f"rules[{position}] ({rule.id})"
            mentions = rule.mentions()
            _known(where, "person", mentions.people, people)
            _known(where, "shift", mentions.shifts, shifts)
            _known(where, "day", mentions.days, range(self.days))
        return self


def _unique(where: str, ids: Iterable[str]) -> frozenset[str]:
    counts = Counter(ids)
    for name, count in counts.items():
        if count > 1:
            raise ValueError(f"{where}: the id {name!r} is given {count} times, expected once")
    return frozenset(counts)


def _known(where: str, what: str, mentioned: Iterable[object], known: Container[object]) -> None:
    for item in mentioned:
        if item not in known:
            raise ValueError(f"{where}: there is no {what} {item!r}")

"""The look-ups of a problem that rules need often, each built once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from solver.clock import Clock
from solver.frozen import Day, PersonId, ShiftId

if TYPE_CHECKING:
    from solver.problem import Problem, Shift
    from solver.rules.rule import Scope

Value = TypeVar("Value")


class Index:
    """People, shifts and days of one problem by position.

    Attributes
    ----------
    person : dict of PersonId to int
        Position of a person among the people.
    ids : tuple of PersonId
        The people's ids by position.
    shift : dict of ShiftId to Shift
    absence : dict of ShiftId to int
        Half days away.
    minutes : dict of ShiftId to int
        Of work.
    rest : frozenset of ShiftId
        Shifts that end a run of working days.
    longest : int
        Most minutes of a shift.
    weekday : tuple of int
        Weekday of each day of the horizon, 0 is Monday.
    employed : tuple of range
        Days of the horizon on which each person is employed.
    before : tuple of tuple
        Shifts of the days just before day 0, by position of the person; the last one is day -1.
    start : date
        The date of day 0.
    clock : Clock
        Wall-clock times of the problem's time zone.
    """

    def __init__(self, problem: Problem) -> None:
        self.start = problem.start
        self.days = problem.days
        self.clock = Clock(problem.start, problem.zone)
        self.ids: tuple[PersonId, ...] = tuple(person.id for person in problem.people)
        self.person: dict[PersonId, int] = {name: position for position, name in enumerate(self.ids)}
        self.shift: dict[ShiftId, Shift] = {shift.id: shift for shift in problem.shifts}
        self.absence: dict[ShiftId, int] = {shift.id: shift.absence for shift in problem.shifts}
        self.minutes: dict[ShiftId, int] = {shift.id: shift.minutes for shift in problem.shifts}
        self.rest = frozenset(shift.id for shift in problem.shifts if shift.rest)
        self.longest = max(self.minutes.values())
        first = problem.start.weekday()
        self.weekday = tuple((first + day) % 7 for day in range(problem.days))
        self.employed = tuple(
            range(max(0, person.first_day or 0), min(problem.days, _after(person.last_day, problem.days)))
            for person in problem.people
        )
        self.staff_types = tuple(person.staff_type for person in problem.people)
        self.skills = tuple(frozenset(person.skills) for person in problem.people)
        self.before = tuple(tuple(problem.before.get(name, ())) for name in self.ids)
        self._people: dict[Scope, tuple[int, ...]] = {}
        self._days: dict[Scope, frozenset[Day]] = {}
        self._once: dict[Hashable, Any] = {}

    def people(self, scope: Scope) -> tuple[int, ...]:
        """Positions of the people in ``scope``, in the order of the problem."""
        found = self._people.get(scope)
        if found is None:
            everybody = range(len(self.ids))
            wanted = everybody if scope.people is None else sorted(self.person[name] for name in scope.people)
            found = self._people[scope] = tuple(wanted)
        return found

    def dates(self, scope: Scope) -> frozenset[Day]:
        """Days of the horizon in ``scope``."""
        found = self._days.get(scope)
        if found is None:
            days: Iterable[Day] = range(self.days) if scope.days is None else scope.days
            if scope.weekdays is not None:
                days = (day for day in days if self.weekday[day] in scope.weekdays)
            found = self._days[scope] = frozenset(days) - frozenset(scope.except_days)
        return found

    def concerns(self, scope: Scope, person: int, day: Day) -> bool:
        """Whether the cell of ``person`` (a position) on ``day`` is in ``scope``."""
        return day in self.dates(scope) and (scope.people is None or self.ids[person] in scope.people)

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what ``make`` made when it was first asked for under ``key``."""
        if key not in self._once:
            self._once[key] = make()
        return self._once[key]

    def skilled(self, people: tuple[int, ...], skill: str) -> tuple[int, ...]:
        """Those of ``people`` who have ``skill``."""
        return tuple(person for person in people if skill in self.skills[person])

    def kept(self, rule: object, make: Callable[[], Value]) -> Value:
        """Return what ``make`` made when it was first asked for by ``rule``, this very object."""
        return self.once(("rule", id(rule)), lambda: (rule, make()))[1]  # holding the rule keeps its id its own

    def typed(self, people: tuple[int, ...], staff_type: str) -> tuple[int, ...]:
        """Those of ``people`` who are of ``staff_type``."""
        return tuple(person for person in people if self.staff_types[person] == staff_type)


def _after(last_day: Day | None, days: int) -> Day:
    """Return the first day after the employment."""
    return days if last_day is None else last_day + 1

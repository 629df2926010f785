"""What all rules are: a scope, a price, a specification and an encoding over the same places."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from pydantic import Field, field_validator

from solver.frozen import Day, Frozen, HorizonDay, PersonId, ShiftId, Weekday

if TYPE_CHECKING:
    from solver.grid import Grid
    from solver.index import Index
    from solver.roster import Roster

Place = int
"""Where a rule can be broken on its own: a person's row, a day, or the position of an item in the rule's data."""


class Scope(Frozen):
    """Whom and when a rule concerns; null means everybody, every day."""

    people: tuple[PersonId, ...] | None = None
    days: tuple[HorizonDay, ...] | None = None
    weekdays: tuple[Weekday, ...] | None = None
    except_days: tuple[HorizonDay, ...] = Field(default=(), description="days left out, closures for most rules")


class Mentions(NamedTuple):
    """The names a rule speaks of, for the problem to check that they exist."""

    people: Iterable[PersonId] = ()
    shifts: Iterable[ShiftId] = ()
    days: Iterable[Day] = ()


class Excess(NamedTuple):
    """One breach of a rule: who, when, and by how much, in the rule's unit (``amount`` ≥ 1)."""

    people: tuple[PersonId, ...]
    days: tuple[Day, ...]
    amount: int
    detail: dict[str, int | str]


class Rule(Frozen):
    """What a good roster keeps.

    A rule is a sum over its *places*, which are independent of one another: ``at`` says by how much a roster breaks
    it there (the specification), ``post`` puts the same amount into a model (the encoding), ``touched`` names the
    places that a cell can change. A full check visits all places, an edit only those it touches, and a neighbourhood
    search posts only those its free cells touch.

    Attributes
    ----------
    id : str
        Names the rule to whoever made the problem; several rules may share one.
    hard : bool
        A hard rule may not be broken; a soft one costs ``weight`` × amount.
    weight : int
        Cost of one unit of excess, ≥ 0; without meaning where hard.
    """

    kind: Any  # each rule narrows it to the literal it is recognised by
    id: str = Field(min_length=1)
    hard: bool = False
    weight: int = Field(default=1, ge=0)
    scope: Scope = Scope()

    unary: ClassVar[bool] = False
    """True when every place looks at single cells, so that a hard rule only narrows what cells may hold."""

    @abstractmethod
    def places(self, index: Index) -> Iterable[Place]:
        """All places at which the rule can be broken."""

    @abstractmethod
    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The places that look at the cell of ``person`` (a position) on ``day``."""

    @abstractmethod
    def at(self, roster: Roster, place: Place) -> Iterator[Excess]:
        """Specification: the breaches at one place. Empty cells are judged charitably."""

    @abstractmethod
    def post(self, grid: Grid, place: Place) -> None:
        """Encoding: charge the breaches at one place, or forbid them where the rule is hard."""

    def excess(self, roster: Roster) -> Iterator[Excess]:
        """Yield every breach of the rule in ``roster``."""
        for place in self.places(roster.index):
            yield from self.at(roster, place)

    def mentions(self) -> Mentions:
        """Return the people, shifts and days the rule speaks of."""
        scope = self.scope
        return Mentions(people=scope.people or (), days=(*(scope.days or ()), *scope.except_days))


class HardRule(Rule):
    """A rule that no model can break, and that is always hard."""

    hard: bool = Field(default=True, json_schema_extra={"const": True})

    @field_validator("hard")
    @classmethod
    def _always_hard(cls, hard: bool) -> bool:
        if not hard:
            raise ValueError("expected true: no roster can break this rule")
        return hard


class RowRule(Rule):
    """A rule that looks at the row of each person in scope on its own."""

    def places(self, index: Index) -> Iterable[Place]:
        """Rows of the people in scope."""
        return index.people(self.scope)

    def touched(self, index: Index, person: int, day: Day) -> Iterable[Place]:
        """The row of the cell, when it is in scope."""
        return (person,) if index.concerns(self.scope, person, day) else ()

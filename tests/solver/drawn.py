"""A random rule of each kind for the small problems; hard ones are drawn so that a random roster can keep them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from solver.rules import (
    AnyRule,
    Scope,
    StaffTypeLimits,
)
from tests.solver.tiny import CLOSED, DAYS

Common = Mapping[str, object]


def _staff_type_limits(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(days=tuple(chance.sample(range(DAYS), 2 if common["hard"] else 4)), except_days=(CLOSED,))
    staff_type = chance.choice(("cook", "waiter"))
    return StaffTypeLimits(**common, scope=scope, staff_type=staff_type, limit=chance.randint(1, 2))


MAKERS: dict[str, Callable[[Common, random.Random], AnyRule]] = {
    "staff_type_limits": _staff_type_limits,
}

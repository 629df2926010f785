"""A random rule of each kind for the small problems; hard ones are drawn so that a random roster can keep them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from solver.rules import (
    AnyRule,
    BackupCover,
    Scope,
    StaffTypeLimits,
)
from tests.solver.tiny import CLOSED, DAYS, PEOPLE

Common = Mapping[str, object]
WORKING = ("work", "early", "night")


def _staff_type_limits(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(days=tuple(chance.sample(range(DAYS), 2 if common["hard"] else 4)), except_days=(CLOSED,))
    staff_type = chance.choice(("cook", "waiter"))
    return StaffTypeLimits(**common, scope=scope, staff_type=staff_type, limit=chance.randint(1, 2))


def _backup_cover(common: Common, chance: random.Random) -> AnyRule:
    scope = Scope(days=tuple(chance.sample(range(DAYS), 2 if common["hard"] else 4)), except_days=(CLOSED,))
    members, backups = (tuple(chance.sample(PEOPLE, chance.randint(1, 3))) for _ in range(2))
    return BackupCover(**common, scope=scope, members=members, backups=backups, away=("off", "leave"), working=WORKING)


MAKERS: dict[str, Callable[[Common, random.Random], AnyRule]] = {
    "staff_type_limits": _staff_type_limits,
    "backup_cover": _backup_cover,
}

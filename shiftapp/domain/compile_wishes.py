"""Shift types that a run gives only to those who asked: leave, unavailability, stations entered by hand."""

from collections import defaultdict
from collections.abc import Mapping

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Place
from solver.rules import Eligibility
from solver.rules.rule import Scope

AUTOMATIC = "automatic"
"""Id of the rule that keeps a run from giving what nobody asked for."""


def asked_for_only(book: Book, fixed: Mapping[Place, int]) -> list[Eligibility]:
    """Refuse every shift type that is not ``automatic`` but where it is wanted or fixed; inactive ones but where fixed.

    People with the same exceptions share a rule, so that a team without any has one.
    """
    asked = [shift.id for shift in book.shift_types if not (shift.automatic and shift.active)]
    allowed: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for (staff_id, day), shift in fixed.items():
        allowed[staff_id, shift].add(book.index(day))
    for request in book.requests:
        if request.wanted and request.state != "declined" and book.shift_type[request.shift].active:
            allowed[request.staff_id, request.shift].add(book.index(request.day))

    shared: defaultdict[tuple[tuple[int, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for shift in asked:
        alike: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
        for member in book.staff:
            alike[tuple(sorted(allowed[member.id, shift]))].append(str(member.id))
        for days, people in alike.items():
            shared[days, tuple(people)].append(str(shift))
    return [
        Eligibility(id=AUTOMATIC, hard=True, refused=tuple(shifts), scope=Scope(people=people, except_days=days))
        for (days, people), shifts in shared.items()
    ]

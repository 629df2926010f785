"""How it is written for the page what another shift in a cell would mean: the vars of ``WhyState``.

``cell`` is ``staff id|ISO date``, ``seq`` the last change set that is in what is said of it, and ``book`` what it was
priced by, as `shiftapp.live.replica.Replica.mark`. ``lone`` is a list of shift types; each is a list of texts: letter,
cost and number of hard rules above the roster as it stands, then what would be broken a text, ``+`` and a line of
`shiftapp.live.lines`, and what no longer would, ``-`` and a line.

``asked`` is the letter that was looked into with other cells moved, and ``verdict`` what came of it: ``working``,
``possible``, ``clash``, ``unknown``, or the code of a refusal. ``price`` is [difference, ``1`` where no roster with the
shift has a smaller one, the least difference that is proved or empty, the number of empty cells that were filled in,
what the cells that move happen to mend besides].
``moves`` are ``row|column|letter before|letter after``; ``fewer`` is empty, or the difference of a way with fewer moves
and those; ``changes`` lines as in ``lone``; ``clash`` ``1`` where it is
minimal, else empty, then ``label|rows|first|last``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter

from shiftapp.domain.cell import EMPTY, Place
from shiftapp.live.answers import part_text
from shiftapp.live.broken import worst_first
from shiftapp.live.lines import Lines
from shiftapp.live.replica import Replica
from solver.roster import Violation

WHY: Final = "WhyState"
_VIOLATIONS: Final = TypeAdapter(tuple[Violation, ...])


def cell_name(place: Place) -> str:
    """Return what the page calls a cell here."""
    return f"{place[0]}|{place[1].isoformat()}"


def tried_values(replica: Replica, place: Place) -> dict[str, Any] | None:
    """Return what each shift type in use would change alone; None where there is no such cell."""
    held = replica.cells.get(place, EMPTY).shift
    lone: list[list[str]] = []
    for shift in replica.book.shift_types:
        if not shift.active and shift.id != held:
            continue
        tried = replica.tried(place, shift.id)
        if tried is None:
            return None
        changes = changes_text(tried.appeared, tried.disappeared, replica.lines)
        lone.append([replica.letters.get(shift.id, ""), str(tried.cost), str(tried.hard), *changes])
    at = {"cell": cell_name(place), "seq": replica.seq, "book": replica.mark}
    return at | {"lone": lone, "asked": "", "verdict": ""}


def working_values(place: Place, letter: str) -> dict[str, Any]:
    """Return the vars while a shift is looked into."""
    return {"cell": cell_name(place), "asked": letter, "verdict": "working"}


def found_values(answer: Mapping[str, Any], empty: int, lines: Lines) -> dict[str, Any]:
    """Return the vars of a `solver.why_not.WhyNot`; ``empty`` cells were filled in."""
    least = answer["at_least"]
    fewer: Mapping[str, Any] | None = answer["fewer"]
    clash: Mapping[str, Any] = answer["clash"] or {"minimal": False, "parts": ()}
    return {
        "verdict": answer["status"],
        "price": [
            "" if answer["difference"] is None else str(answer["difference"]),
            "1" if answer["exact"] else "",
            "" if least is None else str(least),
            str(empty),
            str(answer["besides"]),
        ],
        "moves": _moves(answer["moved"], lines),
        "fewer": [] if fewer is None else [str(fewer["difference"]), *_moves(fewer["moved"], lines)],
        "changes": changes_text(
            _VIOLATIONS.validate_python(answer["broken"]), _VIOLATIONS.validate_python(answer["mended"]), lines
        ),
        "clash": ["1" if clash["minimal"] else "", *("|".join(part_text(part, lines)) for part in clash["parts"])],
    }


ENDS: Final = ("before", "after")


def _moves(moved: Iterable[Mapping[str, Any]], lines: Lines) -> list[str]:
    return [
        "|".join((lines.row(move["person"]), str(move["day"]), *(lines.letters([move[end]]) for end in ENDS)))
        for move in moved
    ]


def changes_text(appeared: Iterable[Violation], disappeared: Iterable[Violation], lines: Lines) -> list[str]:
    """Write what would be broken and what no longer would, worst first.

    What is broken both before and after, but by another amount, is said once, at the difference of its cost.
    """
    gone = {_at(violation): violation for violation in disappeared}
    more: list[Violation] = []
    less: list[Violation] = []
    for violation in appeared:
        before = gone.pop(_at(violation), None)
        if before is None or violation.amount > before.amount:
            more.append(replace(violation, cost=violation.cost - (0 if before is None else before.cost)))
        elif violation.amount < before.amount:
            less.append(replace(before, cost=before.cost - violation.cost))
    less += gone.values()
    return [
        *("+" + lines.text(violation) for violation in sorted(more, key=worst_first)),
        *("-" + lines.text(violation) for violation in sorted(less, key=worst_first)),
    ]


def _at(violation: Violation) -> tuple[object, ...]:
    return (
        violation.rule,
        violation.kind,
        violation.people,
        violation.days,
        violation.hard,
        violation.detail.get("wanted"),
    )

"""How a run's answer is written for the page: the vars of ``AnswerState``.

What clashes is a list of sets; each is a list of texts: ``1`` where it is minimal, else empty, then a part a text,
``label|rows|first|last`` as in `shiftapp.live.lines`, and the letter of the shift that it leaves there alone, or none.
What would mend it is a list of ways; each is a list of texts:
the cost, by how much hard rules are broken, then a step a text,
``act|label|rows|first|last|limit|before|after|shifts|rule id``; no rule id where the team has no such rule
or it need not change. Numbers are in days where the page counts days.

Who covers an absence is a list of options; each is a list of texts: the cost, how much that is above the roster as it
stood, ``1`` where fewer changes are proved impossible, the empty cells it fills, the rules that cost more,
``label,label``, then a changed cell a text, ``row|column|letter before|letter after``. ``away`` is ``row|first|last``
of the absence, last empty where it is the first, a span of its days after another joined by ``;``; empty where the run
is no repair. ``exhausted``: it is proved that there are no further ones.

What would do nearly as well is a list of ``others``, the roster itself first; each is a list of texts: the cost, how
much that is above the roster's, the cells that differ, then each difference a text: ``rule|label|there|here`` what a
rule costs, ``shift|letter|there|here`` by how much people differ in the number of a shift.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from shiftapp.domain.compile import KEPT
from shiftapp.domain.compile_wishes import AUTOMATIC
from shiftapp.domain.run import Run
from shiftapp.live.lines import IN_HALF_DAYS, WHOLE_DAYS, Lines

ANSWER: Final = "AnswerState"
OURS: Final = frozenset({KEPT, AUTOMATIC})
"""Ids of rules that no team has: a run adds them, and the page names them by their ids."""
ONCE: Final = frozenset({"unpin", "withdraw"})
"""What is given up without changing a rule."""
ENDS: Final = ("before", "after")


def answer_values(run: Run | None, lines: Lines) -> dict[str, Any]:
    """Return the vars of ``AnswerState``; of a run without an answer, and of none, they are empty."""
    answer: Mapping[str, Any] = (None if run is None else run.answer) or {}
    return {
        "verdict": answer.get("status", ""),
        "clashes": [
            ["1" if clash["minimal"] else "", *("|".join(part_text(part, lines)) for part in clash["parts"])]
            for clash in answer.get("clashes", [answer["clash"]] if answer.get("clash") else ())
        ],
        "ways": [
            [str(way["cost"]), str(way["broken"]), *(_step(step, lines) for step in way["steps"])]
            for way in answer.get("relaxations", ())
        ],
        "away": "" if run is None else _away(run, lines),
        "exhausted": bool(answer.get("exhausted")),
        "options": [_option(run, option, lines) for option in answer.get("options", ())]
        if run is not None and run.kind == "repair"
        else [],
        "others": [_other(option, lines) for option in answer.get("options", ())]
        if run is not None and run.kind == "alternatives"
        else [],
        "choice": -1 if run is None or run.choice is None else run.choice,
    }


def _away(run: Run, lines: Lines) -> str:
    def span(one: Mapping[str, Any]) -> str:
        last = "" if one["first"] == one["last"] else str(_column(run, one["last"]))
        return "|".join((lines.row(one["staff_id"]), str(_column(run, one["first"])), last))

    return ";".join(map(span, run.question.get("away", ())))


def _column(run: Run, day: str) -> int:
    return (date.fromisoformat(day) - run.starts).days


def _option(run: Run, option: Mapping[str, Any], lines: Lines) -> list[str]:
    """Write a `solver.repair.Option`."""
    before = run.question["asked"]["published"]
    filled = sum(
        then is None and now is not None
        for person, row in option["roster"].items()
        for then, now in zip(before[person], row, strict=True)
    )
    broken = dict.fromkeys(
        lines.place(one["rule"], one["kind"], (), ())[0] for one in option["broken"] if one["rule"] not in OURS
    )
    moves = (
        "|".join((lines.row(move["person"]), str(move["day"]), *(lines.letters([move[end] or ""]) for end in ENDS)))
        for move in (*option["absence"], *option["changed"])
    )
    return [str(option["cost"]), str(option["difference"]), "1" if option["fewest"] else "", str(filled),
            ",".join(broken), *moves]  # fmt: skip


def _other(option: Mapping[str, Any], lines: Lines) -> list[str]:
    """Write a `solver.alternatives.Alternative`."""
    rules = (
        "|".join(("rule", lines.place(one["rule"], one["kind"], (), ())[0], str(one["best"]), str(one["here"])))
        for one in option["rules"]
        if one["rule"] not in OURS
    )
    spreads = (
        "|".join(("shift", lines.letters([one["shift"]]), str(one["best"]), str(one["here"])))
        for one in option["fairness"]
        if one["best"] != one["here"]
    )
    return [str(option["cost"]), str(option["difference"]), str(len(option["moved"])), *rules, *spreads]


def part_text(part: Mapping[str, Any], lines: Lines) -> tuple[str, ...]:
    """Return the parts of a `solver.clash.Part` on the wire; one that was stored before names no shift."""
    people = () if part["kind"] in WHOLE_DAYS else part["people"]
    return *_place(part, people, lines), lines.letters(filter(None, [part.get("shift")]))


def _step(step: Mapping[str, Any], lines: Lines) -> str:
    """Write a `solver.relax.Step`."""
    numbers = (_number(step, end) for end in ENDS)
    where = _place(step, step["people"], lines)
    return "|".join((step["act"], *where, step["limit"] or "", *numbers, lines.letters(step["shifts"]), _own(step)))


def _own(step: Mapping[str, Any]) -> str:
    """Return the rule that a manager might change for good: none where one cell or one wish gives way."""
    return "" if step["rule"] in OURS or step["act"] in ONCE else str(step["rule"]).partition("/")[0]


def _place(of: Mapping[str, Any], people: Any, lines: Lines) -> tuple[str, str, str, str]:
    label, rows, first, last = lines.place(of["rule"], of["kind"], people, of["days"])
    return (of["rule"] if of["rule"] in OURS else label, rows, first, last)


def _number(step: Mapping[str, Any], end: str) -> str:
    value = step[end]
    if value is None:
        return ""
    return f"{value / 2:g}" if step["act"] == "loosen" and step["kind"] in IN_HALF_DAYS else str(value)

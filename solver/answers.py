"""The commands that answer questions: explain, why-not, repair, alternatives. Each prints one JSON object last."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import TypeVar

from solver.bar import Bar
from solver.errors import BadFile
from solver.formats import read_problem, read_roster
from solver.frozen import Day, Frozen, PersonId, ShiftId
from solver.problem import Problem
from solver.roster import Roster
from solver.run import Stop
from solver.telling import alternatives_told, explanation_told, repair_told, why_not_told

NAMED = 12
"""People or shifts that are listed where another was asked for."""
Parsers = Callable[..., argparse.ArgumentParser]


def add(command: Parsers, positive: Callable[[str], float]) -> list[argparse.ArgumentParser]:
    """Add the commands and return their parsers.

    Parameters
    ----------
    command : callable
        Makes the parser of a command: ``add_parser`` of the subcommands.
    positive : callable
        Reads a number of seconds.
    """
    explain = command("explain", help="say which hard rules clash, and what would mend it")
    explain.add_argument("file", type=Path, metavar="FILE")
    explain.add_argument("--wanted", type=int, default=5, metavar="N", help="ways out to look for (5)")
    explain.set_defaults(run=_explain)
    why_not = command("why-not", help="say what a shift in a cell of a roster would cost")
    _with_roster(why_not)
    why_not.add_argument("person", metavar="PERSON")
    why_not.add_argument("day", type=int, metavar="DAY", help="0 is the first")
    why_not.add_argument("shift", metavar="SHIFT")
    why_not.set_defaults(run=_why_not)
    repair = command("repair", help="change a published roster as little as can be when somebody is away")
    _with_roster(repair)
    repair.add_argument("--away", action="append", required=True, metavar="PERSON:FIRST-LAST", help="days from 0")
    repair.add_argument("--locked", action="append", default=[], metavar="PERSON:FIRST-LAST", help="cells that stay")
    repair.set_defaults(run=_repair)
    alternatives = command("alternatives", help="search rosters as good as this one, and different")
    _with_roster(alternatives)
    alternatives.add_argument("--within", type=float, default=5.0, metavar="P", help="percent dearer at most (5)")
    alternatives.add_argument("--apart", type=float, default=10.0, metavar="P", help="percent of the free cells (10)")
    alternatives.add_argument("--count", type=int, default=3, metavar="N", help="3")
    alternatives.set_defaults(run=_alternatives)
    parsers = [explain, why_not, repair, alternatives]
    for parser, seconds in zip(parsers, (15.0, 2.0, 10.0, 30.0), strict=True):
        parser.add_argument("--seconds", type=positive, default=seconds, metavar="S", help=f"time limit ({seconds:g})")
        parser.add_argument("--seed", type=int, default=0, metavar="N", help="0")
    return parsers


def _with_roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("roster", type=Path, metavar="ROSTER")


def _explain(given: argparse.Namespace) -> int:
    problem = read_problem(given.file, given.format)
    from solver.explain import explain  # here, so that bad files are told without loading OR-Tools

    with Bar(given.seconds):
        answer = explain(problem, given.seconds, given.wanted, given.seed, _stop())
    return _last(answer, explanation_told(answer))


def _why_not(given: argparse.Namespace) -> int:
    problem, roster = _read(given)
    from solver.why_not import why_not

    cell = _cell(problem, given)
    return _answered(given, lambda: why_not(problem, roster, *cell, given.seconds, given.seed, _stop()), why_not_told)


def _repair(given: argparse.Namespace) -> int:
    problem, roster = _read(given)
    away = [_span(problem, "--away", text) for text in given.away]
    locked = [(name, day) for text in given.locked for name, days in [_span(problem, "--locked", text)] for day in days]
    days: dict[PersonId, list[Day]] = {}
    for name, span in away:
        days.setdefault(name, []).extend(span)
    from solver.repair import repair

    return _answered(
        given,
        lambda: repair(problem, roster, days, locked, given.seconds, seed=given.seed, stop=_stop()),
        repair_told,
    )


def _alternatives(given: argparse.Namespace) -> int:
    problem, roster = _read(given)
    from solver.alternatives import alternatives

    asked = given.within, given.count, given.apart, given.seconds, given.seed
    return _answered(given, lambda: alternatives(problem, roster, *asked, _stop()), alternatives_told)


def _read(given: argparse.Namespace) -> tuple[Problem, Roster]:
    problem = read_problem(given.file, given.format)
    return problem, read_roster(problem, given.roster, given.format)


def _span(problem: Problem, option: str, text: str) -> tuple[PersonId, range]:
    """Read ``PERSON:FIRST-LAST`` or ``PERSON:DAY``."""
    name, _, days = text.rpartition(":")
    first, _, last = days.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal() or name not in problem.index.person:
        raise BadFile(option, f"expected a person's id, a colon and days as 3-7 or 3, found {text}")
    span = range(int(first), int(last or first) + 1)
    if not span or span.stop > problem.days:
        raise BadFile(option, f"expected days from 0 to {problem.days - 1}, found {text}")
    return name, span


def _cell(problem: Problem, given: argparse.Namespace) -> tuple[PersonId, Day, ShiftId]:
    """Return the cell and shift asked about, or tell which of the three there is not."""
    index = problem.index
    if given.person not in index.person:
        raise BadFile("PERSON", f"expected one of {_named(index.person)}, found {given.person}")
    employed = index.employed[index.person[given.person]]
    if given.day not in employed:
        raise BadFile("DAY", f"expected a day of the employment, {_ends(employed)}, found {given.day}")
    if given.shift not in index.shift:
        raise BadFile("SHIFT", f"expected one of {_named(index.shift)}, found {given.shift}")
    return given.person, given.day, given.shift


def _named(names: Collection[str]) -> str:
    return ", ".join((*list(names)[:NAMED], *(["…"] if len(names) > NAMED else [])))


def _ends(days: Sequence[Day]) -> str:
    return f"from {days[0]} to {days[-1]}" if days else "of which there is none"


Answer = TypeVar("Answer", bound=Frozen)


def _answered(given: argparse.Namespace, ask: Callable[[], Answer], told: Callable[[Answer], Iterable[str]]) -> int:
    """Tell the answer, with a bar while it is sought, or in one line what the question lacks."""
    try:
        with Bar(given.seconds):
            answer = ask()
    except ValueError as error:
        raise BadFile(str(given.roster), str(error)) from error
    return _last(answer, told(answer))


def _stop() -> Stop:
    """Return a stop that Ctrl+C asks to finish."""
    stop = Stop()

    def finish(_number: int, _frame: FrameType | None) -> None:
        stop.finish()

    signal.signal(signal.SIGINT, finish)
    return stop


def _last(answer: Frozen, lines: Iterable[str]) -> int:
    sys.stdout.writelines(line + "\n" for line in lines)
    sys.stdout.write(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False) + "\n")
    return 0

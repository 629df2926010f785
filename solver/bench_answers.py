"""How long the answers take that people wait for, on generated kitchens, each answer judged by the checker."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from solver.alternatives import alternatives
from solver.check import Checker
from solver.explain import explain
from solver.formats import generate, kitchen
from solver.problem import Problem
from solver.repair import repair
from solver.roster import Cells, Roster
from solver.rules import Bounds, Coverage
from solver.run import Limits
from solver.search import solve
from solver.why_not import why_not

PEOPLE, DAYS = 50, 31
KITCHENS = (1, 2, 3)
ROSTER_SECONDS = 20.0
"""For the roster that the questions are asked about."""
HEAD = f"{'question':<14}{'asked':>6}{'median s':>10}{'p95 s':>8}{'worst s':>9}{'bar s':>7}{'answered':>10}  which is"


class Question(NamedTuple):
    """A kind of question: its bar in seconds, how often it is asked of each kitchen, and what an answer has to be.

    ``ask`` returns whether the answer is whole and right.
    """

    name: str
    bar: float
    times: int
    wanted: str
    ask: Callable[[Problem, Roster, random.Random], bool]


def bench_answers(only: str = "") -> int:
    """Ask every kind of question whose name contains ``only``, and print a table; return 1 where a bar is missed."""
    made = [kitchen.problem(generate.kitchen(PEOPLE, DAYS, seed)) for seed in KITCHENS]
    rosters = [solve(problem, Limits(ROSTER_SECONDS)).roster for problem in made]
    asked = [(problem, roster) for problem, roster in zip(made, rosters, strict=True) if roster is not None]
    print(f"{len(asked)} kitchens of {PEOPLE} people and {DAYS} days, one thread a question")
    print(HEAD)
    missed = 0
    for question in QUESTIONS:
        if only in question.name:
            missed += _row(question, asked)
    return int(missed > 0)


def _row(question: Question, asked: list[tuple[Problem, Roster]]) -> bool:
    """Ask a kind of question, print its row, and return whether it misses its bar."""
    seconds: list[float] = []
    right = 0
    for number, (problem, roster) in enumerate(asked):
        chance = random.Random(number)
        for _ in range(question.times):
            began = time.monotonic()
            right += question.ask(problem, roster, chance)
            seconds.append(time.monotonic() - began)
    p95 = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    shown = (len(seconds), statistics.median(seconds), p95, max(seconds), question.bar, f"{right}/{len(seconds)}")
    print(
        "{:<14}{:>6}{:>10.2f}{:>8.2f}{:>9.2f}{:>7g}{:>10}  {}".format(question.name, *shown, question.wanted),
        flush=True,
    )
    return right < len(seconds) or p95 > question.bar


def _why_not(problem: Problem, roster: Roster, chance: random.Random) -> bool:
    """Ask for another shift in a cell."""
    person, day = chance.choice(problem.index.ids), chance.randrange(problem.days)
    now = roster.rows()[person][day]
    shift = chance.choice([one for one in problem.index.shift if one != now])
    answer = why_not(problem, roster, person, day, shift)
    return answer.status == "clash" or (answer.status == "possible" and answer.difference is not None)


def _repair(problem: Problem, roster: Roster, chance: random.Random) -> bool:
    """Somebody is ill for two to five days."""
    person, first = chance.choice(problem.index.ids), chance.randrange(problem.days - 5)
    days = range(first, first + chance.randint(2, 5))
    answer = repair(problem, roster, {person: days})
    away = {(person, day) for day in days}
    kept = [
        all(problem.index.absence[option.roster[person][day] or ""] == 2 for day in days)
        and all(
            (person, violation.days[0]) in away  # the absence lifts pins
            for violation in Checker(problem, option.roster).violations()
            if violation.hard
        )
        for option in answer.options
    ]
    return answer.status == "clash" or (len(kept) == 3 and all(kept))


def _alternatives(problem: Problem, roster: Roster, chance: random.Random) -> bool:
    """Three rosters at most 5 % dearer, each two of them and the best a tenth of the free cells apart."""
    answer = alternatives(problem, roster, seconds=29, seed=chance.randrange(99))
    best = Checker(problem, roster).cost
    rows: list[Cells] = [roster.rows(), *(one.roster for one in answer.found)]
    apart = min(sum(_unlike(one, other)) for one, other in combinations(rows, 2)) if len(rows) > 1 else 0
    cheap = all(Checker(problem, one.roster).cost <= 1.05 * best for one in answer.found)
    legal = not any(_hard(problem, one.roster) for one in answer.found)
    return len(answer.found) == 3 and apart >= 0.1 * answer.free and cheap and legal


def _explain(problem: Problem, roster: Roster, chance: random.Random) -> bool:
    """More people are asked for than may work on a day."""
    off = {day: Bounds(minimum=len(problem.people) // 2) for day in chance.sample(range(problem.days), 3)}
    work = {day: Bounds(minimum=len(problem.people) // 2 + 1) for day in off}
    clashing = (
        Coverage(id="many off", hard=True, shifts=("O",), by_day=off),
        Coverage(id="many at work", hard=True, shifts=("W", "E", "L"), by_day=work),
    )
    answer = explain(problem.model_copy(update={"rules": (*problem.rules, *clashing)}), seconds=14.5)
    return answer.status == "clash" and all(one.minimal for one in answer.clashes) and len(answer.relaxations) >= 3


def _hard(problem: Problem, rows: Cells) -> int:
    return Checker(problem, rows).hard


def _unlike(one: Cells, other: Cells) -> Iterator[bool]:
    return (mine != theirs for name in one for mine, theirs in zip(one[name], other[name], strict=True))


QUESTIONS = (
    Question("why-not", 2, 20, "a cost, or the rules that do not allow it", _why_not),
    Question("repair", 10, 5, "three options that keep the hard rules, or the clash", _repair),
    Question("explain", 15, 3, "minimal clashes, three ways out", _explain),
    Question("alternatives", 30, 1, "three, 10 % of the cells apart, 5 % dearer at most", _alternatives),
)

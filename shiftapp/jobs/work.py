"""What an attempt at a run does, by what the run was asked for: a roster, who covers an absence, alternatives."""

import asyncio
import contextlib
from dataclasses import replace
from typing import Any, Final

from shiftapp.jobs.attempt import LOST, Attempt
from shiftapp.services.questions import Alternatives, Explain, Repair
from shiftapp.services.solving import SolverDied, ask_child, solve_in_child
from shiftapp.store import attempts
from shiftapp.store.attempts import Ending
from solver.check import Checker
from solver.problem import Problem
from solver.roster import Outcome, Roster
from solver.run import Limits

EXPLAIN_SECONDS: Final = 13.0
"""Seconds for telling why nothing keeps the hard rules; with the start of its process it stays below fifteen."""


async def work_on(attempt: Attempt) -> Ending | None:
    """Search until the end; None where the run is no longer the attempt's."""
    problem = Problem.model_validate(attempt.taken.problem)
    work = {"repair": _repair, "alternatives": _alternatives}.get(attempt.taken.kind, _generate)
    try:
        async with attempt.watched():
            ending = await work(attempt, problem)
    except SolverDied as died:
        ending = attempt.failed(f"run.{died.reason}")
    return None if attempt.lost else ending


async def _generate(attempt: Attempt, problem: Problem) -> Ending:
    """Search a roster, from the best so far or the one it was given; where none keeps the hard rules, find out why."""
    taken = attempt.taken
    start = taken.roster or taken.question.get("start")
    hint = None if start is None else Roster(problem, start)
    limits = Limits(max(1.0, taken.seconds - taken.spent), taken.workers, taken.seed)
    outcome = await solve_in_child(problem, limits, hint, attempt.note, attempt.stop)
    if outcome.status == "unknown" and hint is not None:
        outcome = await asyncio.to_thread(_as_before, outcome, problem, hint)
    if outcome.status == "infeasible" and not attempt.stop.asked:
        return await _explain(attempt, problem, outcome)
    return attempt.ending(outcome)


def _as_before(outcome: Outcome, problem: Problem, roster: Roster) -> Outcome:
    """Return what the search started from, as it had no time to find anything."""
    checker = Checker(problem, roster)
    violations = tuple(checker.violations())
    return replace(outcome, status="feasible", roster=roster, cost=checker.cost, violations=violations)


async def _explain(attempt: Attempt, problem: Problem, outcome: Outcome) -> Ending:
    """Go on from a search that found that nothing keeps the hard rules: say which clash and what would mend it."""
    ending = attempt.ending(outcome)
    with contextlib.suppress(*LOST):
        await attempt.write(attempts.note_infeasible)
    try:
        answer = await ask_child(problem, Explain(seconds=EXPLAIN_SECONDS, seed=attempt.taken.seed), attempt.stop)
    except SolverDied:
        answer = None
    return replace(ending, answer=answer)


async def _repair(attempt: Attempt, problem: Problem) -> Ending:
    """Find out who covers an absence: no option is the run's roster until somebody chooses it."""
    answer = await ask_child(problem, Repair.model_validate(attempt.taken.question["asked"]), attempt.stop)
    if answer is None:
        return Ending("cancelled", "unknown", attempt.found())
    if answer["status"] == "clash":
        return Ending("failed", "infeasible", attempt.found(), error_code="run.nobody_covers", answer=answer)
    if answer["status"] == "unknown":
        return attempt.failed("run.no_cover")
    return Ending("finished", "feasible", attempt.found(), answer=answer)


async def _alternatives(attempt: Attempt, problem: Problem) -> Ending:
    """Look for what would do nearly as well: the roster itself stays the proposal and is the first option."""
    question = Alternatives.model_validate(attempt.taken.question["asked"])
    answer = await ask_child(problem, question, attempt.stop)
    if answer is None:
        return Ending("cancelled", "unknown", attempt.found())
    now = Checker(problem, question.best)
    itself: dict[str, Any] = {
        "roster": question.best,
        "cost": now.cost,
        "difference": 0,
        "moved": [],
        "rules": [],
        "fairness": [],
    }
    found = replace(attempt.found(), cost=now.cost, bound=None, hard=0, first_seconds=None, roster=question.best)
    offered: dict[str, Any] = {
        "status": "alternatives",
        "options": [itself, *answer["found"]],
        "exhausted": answer["exhausted"],
    }
    return Ending("finished", "feasible", found, tuple(now.violations()), answer=offered)

"""The solver in a process of its own: what it finds, and that it ends in time in every phase."""

import asyncio

import pytest

from shiftapp.services import solver_process
from shiftapp.services.solving import SolverDied, solve_in_child
from solver.check import Checker
from solver.roster import Roster
from solver.run import Limits, Stop
from tests.problems import problem
from tests.services.solver_children import child, children
from tests.services.watched_search import HUGE, LARGE, LONG, PROMPT, Watched


async def test_a_small_problem_is_proved_and_priced_as_the_checker_prices_it():
    small = problem(6, 14)
    outcome = await solve_in_child(small, Limits(30, 2, 1), None, lambda _: None, Stop())
    assert outcome.status == "optimal"
    assert outcome.roster is not None
    checker = Checker(small, outcome.roster)
    assert (checker.cost, checker.hard, checker.undecided) == (outcome.cost, 0, 0)
    assert sum(violation.cost for violation in outcome.violations) == outcome.cost == outcome.bound
    assert children() == []


async def test_reports_come_while_it_searches_and_the_limit_ends_it():
    watched = Watched(seconds=2)
    seconds, outcome = await watched.ended()
    assert seconds <= 2 + PROMPT
    assert outcome.status == "feasible"
    assert watched.reports
    costs = [report.cost for report in watched.reports if report.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert outcome.cost is not None
    assert outcome.cost <= costs[-1]


async def test_a_hint_is_never_made_worse():
    first = await solve_in_child(LONG, Limits(1.5, 2, 1), None, lambda _: None, Stop())
    again = await solve_in_child(LONG, Limits(1, 2, 2), first.roster, lambda _: None, Stop())
    assert first.cost is not None
    assert again.cost is not None
    assert again.cost <= first.cost


@pytest.mark.parametrize("wish", ["finish", "cancel"])
@pytest.mark.parametrize("after", [0.0, 0.5, 1.5])
async def test_a_wish_is_obeyed_before_and_while_the_model_is_built(wish: str, after: float):
    """The interpreter starts, the problem is read, the model is built: none of it can be interrupted but by a kill."""
    watched = Watched(HUGE)
    await asyncio.sleep(after)
    getattr(watched.stop, wish)()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert (outcome.status == "cancelled") == (wish == "cancel")
    assert children() == []


@pytest.mark.parametrize("wish", ["finish", "cancel"])
async def test_a_wish_is_obeyed_while_it_searches(wish: str):
    watched = Watched()
    await watched.first.wait()
    getattr(watched.stop, wish)()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert outcome.roster is not None
    assert outcome.status == ("cancelled" if wish == "cancel" else "feasible")
    assert Checker(LONG, outcome.roster).cost == outcome.cost


async def test_cancel_outdoes_finish():
    watched = Watched(HUGE)
    await asyncio.sleep(0.3)
    watched.stop.finish()
    watched.stop.cancel()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert outcome.status == "cancelled"


async def test_a_search_that_does_not_listen_is_killed_and_its_best_roster_kept():
    """A stopped process neither searches nor hears; what it had reported becomes the outcome."""
    watched = Watched()
    await watched.first.wait()
    (await child()).suspend()
    watched.stop.finish()
    seconds, outcome = await watched.ended()
    assert seconds <= PROMPT
    assert outcome.roster is not None
    assert outcome.cost == Checker(LONG, outcome.roster).cost
    assert children() == []


async def test_a_search_that_overruns_its_limit_is_ended():
    watched = Watched(seconds=1)
    await watched.first.wait()
    (await child()).suspend()
    seconds, outcome = await watched.ended()
    assert seconds <= 1 + PROMPT
    assert outcome.roster is not None


async def test_the_limit_counts_from_when_the_process_is_ready(monkeypatch: pytest.MonkeyPatch):
    """A machine that is too busy to start a process within the limit still gets a roster from it."""
    monkeypatch.setattr(solver_process, "OVERRUN", -1.0)
    watched = Watched(seconds=1)
    process = await child()
    process.suspend()
    await asyncio.sleep(1.5)
    process.resume()
    _, outcome = await watched.ended()
    assert outcome.roster is not None


async def test_a_killed_process_is_told_from_an_ended_search():
    watched = Watched()
    (await child()).kill()
    with pytest.raises(SolverDied) as died:
        await watched.task
    assert died.value.reason == "killed"


async def test_a_search_that_wants_too_much_memory_fails_alone():
    with pytest.raises(SolverDied) as died:
        await Watched(HUGE, memory_mb=64).task
    assert died.value.reason in ("memory", "killed", "crashed")
    assert children() == []


async def test_a_search_whose_caller_goes_away_is_ended():
    watched = Watched()
    await child()
    watched.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watched.task
    assert children() == []


def test_a_roster_from_the_wire_is_the_roster():
    roster = Roster(LARGE)
    roster.put(0, 1, "2")
    assert Roster(LARGE, roster.rows()) == roster

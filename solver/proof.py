"""What a search has proved, as plain values of which a sentence can be made."""

from __future__ import annotations

from typing import Literal

from solver.frozen import Frozen
from solver.problem import Problem
from solver.roster import Outcome
from solver.rules import Requests
from solver.run import Limits, Stop
from solver.search import solve


class Proof(Frozen):
    """Something that holds for every roster that keeps the hard rules.

    ``kind`` with its ``args``:

    - ``none``: there is no such roster;
    - ``cheapest``: none costs less than ``cost``, and one costs just that;
    - ``at_least``: none costs less than ``cost``; the best known costs ``found`` (-1: none is known);
    - ``wishes``: at most ``granted`` of ``wishes`` wishes can be met together; ``met`` says how many a roster is known
      to meet at once (-1: not known).
    """

    kind: Literal["none", "cheapest", "at_least", "wishes"]
    args: dict[str, int]


def proof(outcome: Outcome) -> Proof | None:
    """Return what the bound of a search proves; None when it proves nothing."""
    if outcome.status == "infeasible":
        return Proof(kind="none", args={})
    if outcome.bound is None or (outcome.bound <= 0 and outcome.cost != 0):
        return None
    if outcome.cost is not None and outcome.bound >= outcome.cost:
        return Proof(kind="cheapest", args={"cost": outcome.cost})
    return Proof(kind="at_least", args={"cost": outcome.bound, "found": -1 if outcome.cost is None else outcome.cost})


def wishes_at_most(problem: Problem, seconds: float = 5.0, seed: int = 0, stop: Stop | None = None) -> Proof | None:
    """Prove how many of the soft wishes can be met together at most, whatever the other soft rules cost.

    Parameters
    ----------
    problem : Problem
    seconds : float
        Wall time, > 0.
    seed : int
    stop : Stop, optional

    Returns
    -------
    Proof or None
        None when there are no wishes, no roster keeps the hard rules, or nothing was proved in time.
    """
    index = problem.index
    asked = [
        rule.model_copy(
            update={
                "weight": 1,
                "wishes": tuple(
                    wish.model_copy(update={"weight": 1})
                    for wish in rule.wishes
                    if wish.day in index.employed[index.person[wish.person]]
                ),
            }
        )
        for rule in problem.rules
        if isinstance(rule, Requests) and not rule.hard
    ]
    wishes = sum(len(rule.wishes) for rule in asked)
    hard = tuple(rule for rule in problem.rules if rule.hard)
    if not wishes:
        return None
    outcome = solve(problem.model_copy(update={"rules": (*hard, *asked)}), Limits(seconds, 1, seed), stop=stop)
    if outcome.bound is None or proof(outcome) is None:
        return None
    met = -1 if outcome.cost is None else wishes - outcome.cost
    return Proof(kind="wishes", args={"granted": wishes - max(0, outcome.bound), "wishes": wishes, "met": met})

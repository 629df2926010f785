"""How many wishes can be met together, whatever the other soft rules cost."""

from __future__ import annotations

from solver.problem import Problem
from solver.proof import Proof, proof, wished
from solver.run import Limits, Stop
from solver.search import solve


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
    asked = wished(problem)
    if not asked:
        return None
    wishes = sum(len(rule.wishes) for rule in asked)
    hard = tuple(rule for rule in problem.rules if rule.hard)
    outcome = solve(problem.model_copy(update={"rules": (*hard, *asked)}), Limits(seconds, 1, seed), stop=stop)
    if outcome.bound is None or proof(outcome) is None:
        return None
    met = -1 if outcome.cost is None else wishes - outcome.cost
    return Proof(kind="wishes", args={"granted": wishes - max(0, outcome.bound), "wishes": wishes, "met": met})

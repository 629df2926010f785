"""What a search has proved, as plain values of which a sentence can be made. Loads no solver."""

from __future__ import annotations

from typing import Literal

from solver.frozen import Frozen
from solver.problem import Problem
from solver.roster import Outcome
from solver.rules import Requests


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


def wished(problem: Problem) -> tuple[Requests, ...]:
    """Return the soft wishes for days of the employment, each with a weight of 1; no rule where there is none."""
    index = problem.index
    found = (
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
    )
    return tuple(rule for rule in found if rule.wishes)

"""What a run has proved, as vars of ``RunState``.

``proof`` and ``proof_args`` are a `solver.proof.Proof` of the cost, empty while nothing is proved. ``wishes`` is empty,
or says how many wishes can be met together at most (``granted``), of how many (``wishes``), and how many the run's
roster meets (``here``).
"""

from typing import Any

from shiftapp.domain.run import Run
from solver.proof import proof
from solver.roster import Outcome


def proved_values(run: Run) -> dict[str, Any]:
    """Return the vars; nothing is proved before the search has ended."""
    word: Any = run.outcome
    told = proof(Outcome(word, None, run.cost, run.bound, run.spent, None)) if word else None
    return {
        "proof": "" if told is None else told.kind,
        "proof_args": {} if told is None else told.args,
        "wishes": {} if run.wishes is None else _wishes(run, run.wishes["wishes"], run.wishes["granted"]),
    }


def _wishes(run: Run, wishes: int, granted: int) -> dict[str, int]:
    missed = sum(one["kind"] == "requests" and not one["hard"] for one in run.violations)
    return {"granted": granted, "wishes": wishes, "here": wishes - missed}

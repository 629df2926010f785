"""Questions to the solver's process beside the search itself: each is a value that travels, and so is its answer."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from solver.problem import Problem
from solver.run import Stop


class Explain(BaseModel):
    """Which hard rules clash, and what would mend it: `solver.explain.explain`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["explain"] = "explain"
    seconds: float = Field(gt=0)
    seed: int = 0


Question = Explain


def answered(problem: Problem, question: Question, stop: Stop) -> dict[str, Any]:
    """Work on a question until its time is up or ``stop`` asks; return the solver's answer as JSON."""
    from solver.explain import explain  # the solver's library is large: loaded under the bound

    return explain(problem, question.seconds, seed=question.seed, stop=stop).model_dump(mode="json")

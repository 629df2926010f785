"""Questions to the solver's process beside the search itself: each is a value that travels, and so is its answer."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from solver.problem import Problem
from solver.roster import Roster
from solver.run import Stop


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float = Field(gt=0)
    seed: int = 0


class Explain(_Question):
    """Which hard rules clash, and what would mend it: `solver.explain.explain`."""

    kind: Literal["explain"] = "explain"


class Repair(_Question):
    """Who covers an absence, with the fewest changes: `solver.repair.repair`.

    Attributes
    ----------
    published : dict
        The roster as it stands: for each person one shift id a day, null where nothing is decided.
    away : dict
        Person → days.
    weights : tuple
        [person, day, weight] of the cells whose change counts more than one.
    """

    kind: Literal["repair"] = "repair"
    published: dict[str, tuple[str | None, ...]]
    away: dict[str, tuple[int, ...]]
    weights: tuple[tuple[str, int, int], ...] = ()


class Alternatives(_Question):
    """Rosters that cost at most ``within`` percent more than ``best``: `solver.alternatives.alternatives`."""

    kind: Literal["alternatives"] = "alternatives"
    best: dict[str, tuple[str | None, ...]]
    within: float = Field(ge=0)


class WhyNot(_Question):
    """What it would cost that a cell held another shift: `solver.why_not.why_not`.

    Attributes
    ----------
    roster : dict
        The roster as it stands.
    """

    kind: Literal["why_not"] = "why_not"
    roster: dict[str, tuple[str | None, ...]]
    person: str
    day: int
    shift: str


class Wishes(_Question):
    """How many of the soft wishes can be met together at most: `solver.wishes.wishes_at_most`."""

    kind: Literal["wishes"] = "wishes"


Asked = Explain | Repair | Alternatives | WhyNot | Wishes
Question = Annotated[Asked, Field(discriminator="kind")]


def answered(problem: Problem, question: Asked, stop: Stop) -> dict[str, Any]:
    """Work on a question until its time is up or ``stop`` asks; return the solver's answer as JSON.

    What is proved of wishes is under ``proof``, null where nothing is.

    Raises
    ------
    ValueError
        The question does not fit the problem.
    """
    # the solver's library is large: loaded under the bound
    if isinstance(question, Explain):
        from solver.explain import explain

        return explain(problem, question.seconds, seed=question.seed, stop=stop).model_dump(mode="json")
    if isinstance(question, WhyNot):
        from solver.why_not import why_not

        cell = question.person, question.day, question.shift
        return why_not(
            problem, Roster(problem, question.roster), *cell, question.seconds, question.seed, stop
        ).model_dump(mode="json")
    if isinstance(question, Wishes):
        from solver.wishes import wishes_at_most

        proved = wishes_at_most(problem, question.seconds, question.seed, stop)
        return {"proof": None if proved is None else proved.model_dump(mode="json")}
    if isinstance(question, Alternatives):
        from solver.alternatives import alternatives

        best = Roster(problem, question.best)
        return alternatives(
            problem, best, question.within, seconds=question.seconds, seed=question.seed, stop=stop
        ).model_dump(mode="json")
    return _repaired(problem, question, stop)


def _repaired(problem: Problem, question: Repair, stop: Stop) -> dict[str, Any]:
    from solver.repair import repair

    weights = {(person, day): weight for person, day, weight in question.weights}
    published = Roster(problem, question.published)
    found = repair(
        problem, published, question.away, seconds=question.seconds, weights=weights, seed=question.seed, stop=stop
    )
    return found.model_dump(mode="json")

"""A neighbourhood of whole rows: those of some people are decided anew beside the rows of the others."""

from __future__ import annotations

from solver.dive import Aim, dive
from solver.generate import Generator
from solver.improve import Improver
from solver.watch import Watch

PART = 0.5
"""Of the people, how many are decided anew at first."""
ROUNDS = 100
"""Times that rows are generated for it, at most."""
GROW, SHRINK = 1.1, 0.95
"""What the number is multiplied with after there was nothing to find, and after there might have been."""


class Again:
    """Decides rows of an improver's roster anew.

    Parameters
    ----------
    generator : Generator
        With the rows of a mix of everybody.
    improver : Improver
        With a feasible roster, or a watch that has one; takes over what costs less.
    """

    def __init__(self, generator: Generator, improver: Improver) -> None:
        self.generator, self.improver = generator, improver
        self.people = list(generator.rows.legal.rows)
        self.size = PART * len(self.people)

    def step(self) -> None:
        """Decide the rows of some people anew, and learn from it of how many next time."""
        improver, generator = self.improver, self.generator
        improver.catch_up()
        state, count = improver.state, min(len(self.people), max(2, round(self.size)))
        generator.columns.settle(state.codes, set(improver.chance.sample(self.people, count)))
        generator.begin()
        found = dive(generator, state.codes, Aim(rounds=ROUNDS, below=state.cost, chance=improver.chance))
        closed = len(generator.columns.open) == count
        self.size = min(len(self.people), max(2.0, self.size * (GROW if closed else SHRINK)))
        if found is None:
            return
        other = state.copy()
        other.become(dict(enumerate(found[0])))
        if other.feasible and other.cost < state.cost:
            improver.state = other
            improver.watch.offer(improver.grid, other.codes, other.cost)


def improve_rows(generator: Generator | None, improver: Improver, watch: Watch) -> None:
    """Improve by whole rows, and by turns by cells where nobody else does, until the watch is over.

    Parameters
    ----------
    generator : Generator or None
        None where rows cannot be generated: then by cells alone.
    improver : Improver
    watch : Watch
    """
    if generator is not None and watch.codes is not None:
        again = Again(generator, improver)
        while not watch.over:
            again.step()
            if watch.limits.workers == 1 and not watch.over:
                improver.step()
    improver.run()

"""CP-SAT on a whole problem: rosters, a bound, and the proof that they meet."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

from solver.cp import cp_model
from solver.cpsat import one_thread, solution, use_subsolvers
from solver.model import Model
from solver.watch import Watch

STRATEGIES = ("max_lp", "objective_lb_search_max_lp", "reduced_costs")
"""Subsolvers that lean on the LP, which is what proves rosters. CP-SAT's default portfolio runs none of them on few
workers. One a thread, racing: bounds and rosters meet in the watch, and they need not wait for one another."""
TREE = "lb_tree_search"
"""The subsolver that branches where the bound is lowest. It hardly finds a roster, so others must; but of problems that
are not proved at once it lifts the bound by more than those do, and never has to begin again for a better roster."""


def searcher(strategy: str, seed: int) -> cp_model.CpSolver:
    """Return a solver of one strategy on one thread."""
    solver = one_thread(seed)
    use_subsolvers(solver, [strategy])
    solver.parameters.linearization_level = 2
    return solver


def prove(
    model: Model, watch: Watch, strategy: str, work: float = math.inf, enough: Callable[[], bool] = lambda: False
) -> None:
    """Search a whole problem until it is proved, the watch is over, or ``enough`` says so.

    Give the solver a hint only when it is near the optimum: told a greedy roster, it stays near it and takes three
    times as long.

    Parameters
    ----------
    model : Model
        Of all cells.
    watch : Watch
        Told every roster and bound.
    strategy : str
        One of ``STRATEGIES``, or ``TREE``.
    work : float
        Most deterministic time, about seconds.
    enough : callable
        Polled a few times a second.
    """
    solver = searcher(strategy, watch.limits.seed)
    solver.parameters.max_time_in_seconds = max(watch.left, 0.01)
    solver.parameters.max_deterministic_time = work
    found = _Found(model, watch)
    solver.best_bound_callback = found.on_bound

    def tick() -> None:
        found.publish()
        if watch.over or enough():
            solver.stop_search()

    with watch.ticking(tick):
        status = solver.solve(model.cp, found)
    found.publish()
    if status == cp_model.INFEASIBLE:
        watch.end_infeasible()
    elif status == cp_model.OPTIMAL:
        watch.raise_bound(round(solver.objective_value))


class _Found(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution and bound; pricing them is left to the watch's thread, for the solver waits here."""

    def __init__(self, model: Model, watch: Watch) -> None:
        super().__init__()
        self._model = model
        self._watch = watch
        self._state = model.state.copy()
        self._values: list[int] | None = None
        self._bound = -math.inf
        self._lock = threading.Lock()

    def on_solution_callback(self) -> None:
        """Keep a solution."""
        self._values = solution(self)

    def on_bound(self, bound: float) -> None:
        """Keep a bound."""
        self._bound = bound

    def publish(self) -> None:
        """Tell the watch what is new."""
        with self._lock:
            values, self._values = self._values, None
            if values is not None:
                self._state.become(self._model.read(values))
                self._watch.offer(self._model.grid, self._state.codes, self._state.cost)
            if math.isfinite(self._bound):
                self._watch.raise_bound(math.ceil(self._bound - 1e-6))

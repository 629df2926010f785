"""CP-SAT on a whole problem: rosters, a bound, and the proof that they meet."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable

from ortools.sat.python import cp_model

from solver.cpsat import solution, use_subsolvers
from solver.grid import Grid
from solver.model import Model
from solver.state import State
from solver.watch import Watch

SUBSOLVERS = ("max_lp", "objective_lb_search_max_lp", "reduced_costs", "lb_tree_search")
TICK = 0.1
"""Seconds between two looks at whether to stop; a request that comes while a model loads is lost, so it is repeated."""


def choose(solver: cp_model.CpSolver, workers: int, seed: int) -> None:
    """Choose subsolvers for rosters, which are proved by the LP.

    The default portfolio runs no LP-heavy subsolver on few workers; ``max_lp`` first proves kitchens of 15 in a tenth
    of its time, and what is left of two workers is best given to the neighbourhoods of CP-SAT itself. Probing and
    symmetry detection cost more than they find.
    """
    chosen = solver.parameters
    chosen.num_workers = workers
    chosen.random_seed = seed
    chosen.linearization_level = 2
    chosen.cp_model_probing_level = 0
    chosen.symmetry_level = 0
    if workers <= len(SUBSOLVERS):
        use_subsolvers(solver, SUBSOLVERS[:workers])


def prove(
    grid: Grid,
    state: State,
    watch: Watch,
    workers: int,
    hint: bool = False,
    enough: Callable[[], bool] = lambda: False,
) -> None:
    """Search the whole problem until it is proved, the watch is over, or ``enough`` says so.

    Parameters
    ----------
    grid : Grid
    state : State
        Any complete roster; the model is written from it.
    watch : Watch
        Told every roster and bound.
    workers : int
    hint : bool
        Whether to tell the solver the state's roster. Only a roster near the optimum helps: told a greedy one, the
        solver stays near it and takes three times as long.
    enough : callable
        Polled a few times a second.
    """
    model = Model(state, range(len(grid.places)))
    if watch.over:
        return
    if hint:
        model.hint()
    solver = cp_model.CpSolver()
    choose(solver, workers, watch.limits.seed)
    solver.parameters.max_time_in_seconds = max(watch.left, 0.01)
    callback = _Solutions()
    solver.best_bound_callback = callback.on_bound

    def tick() -> None:
        callback.publish(model, watch)
        if watch.over or enough():
            solver.stop_search()

    with Ticker(tick):
        status = solver.solve(model.cp, callback)
    callback.publish(model, watch)
    if status == cp_model.INFEASIBLE:
        watch.infeasible = watch.cost is None
    elif status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        _offer(model, solution(solver), watch)
    if status == cp_model.OPTIMAL:
        watch.raise_bound(round(solver.objective_value))


def _offer(model: Model, values: list[int], watch: Watch) -> None:
    state = State(model.grid, model.state.codes)
    state.become(model.read(values))
    if state.feasible:
        watch.offer(model.grid, state.codes, state.cost)


class _Solutions(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution and bound; pricing them is left to the ticker, for the solver waits here."""

    def __init__(self) -> None:
        super().__init__()
        self._values: list[int] | None = None
        self._bound = -math.inf

    def on_solution_callback(self) -> None:
        """Keep a solution."""
        self._values = solution(self)

    def on_bound(self, bound: float) -> None:
        """Keep a bound."""
        self._bound = bound

    def publish(self, model: Model, watch: Watch) -> None:
        """Tell the watch what is new."""
        values, self._values = self._values, None
        if values is not None:
            _offer(model, values, watch)
        if math.isfinite(self._bound):
            watch.raise_bound(math.ceil(self._bound - 1e-6))


class Ticker:
    """Calls a function every ``TICK`` seconds while a block runs."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="solver-ticker", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(TICK):
            self._tick()

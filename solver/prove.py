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

TICK = 0.1
"""Seconds between two looks at whether to stop; a request that comes while a model loads is lost, so it is repeated."""


def parameters(solver: cp_model.CpSolver, cells: int, workers: int, seed: int) -> None:
    """Choose subsolvers for a whole problem.

    The default portfolio runs no LP-heavy subsolver on few workers, and rosters are proved by the LP: with two
    workers, ``max_lp`` and a search on the objective's lower bound proved kitchens of 15 in a tenth of the time.
    """
    chosen = solver.parameters
    chosen.num_workers = workers
    chosen.random_seed = seed
    chosen.linearization_level = 2
    if workers <= 4:
        use_subsolvers(solver, ["max_lp", "objective_lb_search_max_lp", "reduced_costs", "lb_tree_search"][:workers])
        chosen.use_feasibility_jump = False
    if workers == 2:
        chosen.use_lns = False


def prove(grid: Grid, state: State, watch: Watch, workers: int, enough: Callable[[], bool] | None = None) -> None:
    """Search the whole problem until it is proved, the watch is over, or ``enough`` says so.

    Parameters
    ----------
    grid : Grid
    state : State
        Given to the solver as a hint.
    watch : Watch
        Told every roster and bound.
    workers : int
    enough : callable, optional
        Polled a few times a second.
    """
    model = Model(state, range(len(grid.places)))
    if watch.over:
        return
    model.hint()
    solver = cp_model.CpSolver()
    parameters(solver, len(model.literals), workers, watch.limits.seed)
    solver.parameters.max_time_in_seconds = max(watch.left, 0.01)
    callback = _Solutions()
    solver.best_bound_callback = callback.on_bound
    with _Ticker(lambda: _tick(solver, model, callback, watch, enough)):
        status = solver.solve(model.cp, callback)
    callback.publish(model, watch)
    if status == cp_model.INFEASIBLE:
        watch.infeasible = watch.cost is None
    elif status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        _offer(model, solution(solver), watch)
    if status == cp_model.OPTIMAL:
        watch.raise_bound(round(solver.objective_value))


def _tick(
    solver: cp_model.CpSolver, model: Model, callback: _Solutions, watch: Watch, enough: Callable[[], bool] | None
) -> None:
    callback.publish(model, watch)
    if watch.over or (enough is not None and enough()):
        solver.stop_search()


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


class _Ticker:
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

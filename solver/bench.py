"""Benchmark sets solved one after another, the reference beside each."""

from __future__ import annotations

import csv
from pathlib import Path

from solver.errors import BadFile
from solver.formats import generate, kitchen, read_problem
from solver.problem import Problem
from solver.roster import Outcome
from solver.run import Limits
from solver.search import solve

SIZES = ((15, 60), (20, 60), (50, 60))
HEAD = f"{'problem':<12}{'status':<10}{'cost':>8}{'bound':>8}{'gap %':>7}{'seconds':>9}{'first':>7}{'reference':>11}"


def bench(data: Path | None, only: str, limits: Limits) -> int:
    """Solve every problem and print a table; return 0.

    Parameters
    ----------
    data : Path or None
        A folder of kitchen files ``SIZE-N.json``, with ``REFERENCE.csv`` (problem, objective, …) where known; without
        it, three generated kitchens of each of ``SIZES``.
    only : str
        Part of the names to solve.
    limits : Limits
        Of each problem.

    Raises
    ------
    BadFile
        When the folder has no kitchen files, or one of them is wrong.
    """
    reference = _reference(data)
    print(HEAD)
    for name, problem in _problems(data, only):
        outcome = solve(problem, limits)
        print(_row(name, outcome, reference.get(name, "")), flush=True)
    return 0


def _problems(data: Path | None, only: str) -> list[tuple[str, Problem]]:
    if data is None:
        made = [(f"{people}x{days}-g{seed}", people, days, seed) for people, days in SIZES for seed in (1, 2, 3)]
        return [
            (name, kitchen.problem(generate.kitchen(people, days, seed)))
            for name, people, days, seed in made
            if only in name
        ]
    paths = sorted(data.glob("*x*-*.json"), key=lambda path: (len(path.stem.split("x")[0]), path.stem))
    if not paths:
        raise BadFile(str(data), "expected kitchen files named like 15x60-1.json")
    return [(path.stem, read_problem(path, "kitchen")) for path in paths if only in path.stem]


def _reference(data: Path | None) -> dict[str, str]:
    path = None if data is None else data / "REFERENCE.csv"
    if path is None or not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["problem"]: row["objective"] for row in csv.DictReader(lines)}


def _row(name: str, outcome: Outcome, reference: str) -> str:
    cost, bound, first = outcome.cost, outcome.bound, outcome.first_seconds
    gap = "" if cost is None or bound is None else f"{100 * (cost - bound) / max(1, cost):.1f}"
    shown = ("-" if value is None else str(value) for value in (cost, bound))
    return "{:<12}{:<10}{:>8}{:>8}{:>7}{:>9.2f}{:>7}{:>11}".format(
        name, outcome.status, *shown, gap, outcome.seconds, "-" if first is None else f"{first:.2f}", reference
    )

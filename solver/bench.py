"""Benchmark sets solved one after another, the reference beside each line, as a table for people and for the docs."""

from __future__ import annotations

import csv
import json
import os
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from solver.errors import BadFile
from solver.formats import curtois_qu, generate, generate_ward, kitchen, read_problem
from solver.memory import forget_peak, peak
from solver.problem import Problem
from solver.roster import Outcome
from solver.run import BENCH_LARGE, BENCH_SECONDS, Limits
from solver.search import solve

FILES = {"kitchen": "*x*-*.json", "curtois-qu": "Instance*.txt", "ward": "*x*x*.txt"}
FORM = {
    "kitchen": "kitchen files named like 15x60-1.json",
    "curtois-qu": "instances named like Instance1.txt",
    "ward": "wards named like 20x8x3.txt",
}
DATA = "SOLVER_BENCH_DATA"
"""The environment variable that names a folder with a folder for each set."""
SIZES = ((15, 60), (20, 60), (50, 60))
WARDS = (
    (120, 4, 18), (32, 6, 4), (45, 6, 6), (20, 8, 3), (32, 8, 4), (22, 12, 3),
    (40, 12, 5), (50, 26, 6), (100, 26, 8), (50, 52, 10), (100, 52, 16), (150, 52, 32),
)  # fmt: skip
"""People, weeks and shifts of wards as large as Curtois and Qu's instances after their twelfth."""
REFERENCE = Path(__file__).with_name("reference.csv")
COLUMNS = ("problem", "status", "cost", "reference", "above it %", "bound", "gap %", "seconds", "first", "MB")
HEAD = f"| {' | '.join(COLUMNS)} |\n" + "|---" * len(COLUMNS) + "|"


class Solved(NamedTuple):
    """How a problem was solved, within how long, and the most megabytes that took, Python and solver included."""

    name: str
    outcome: Outcome
    memory: float | None
    seconds: float


class Asked(NamedTuple):
    """What to solve.

    Attributes
    ----------
    set : str
        A key of ``BENCH_SECONDS``.
    data : Path or None
        A folder of the set's files; else the one named as the set in the folder that the environment names. Kitchens
        and wards are made from seeds where there is none.
    only : str
        Part of the names to solve.
    write : Path or None
        A Markdown file whose table of the set is replaced.
    seconds : float or None
        For each; else as many as the bars of its size give it.
    """

    set: str
    data: Path | None = None
    only: str = ""
    write: Path | None = None
    seconds: float | None = None


def bench(asked: Asked, limits: Limits) -> int:
    """Solve every problem of a set with workers and seed of ``limits``, print table and summary, and return 0.

    Raises
    ------
    BadFile
        When there is no folder, none of the set's files in it, one of them is wrong, or the table has no place.
    """
    problems = _problems(asked)
    if not problems:
        raise BadFile(asked.only, f"expected a part of a name: there are {FORM[asked.set]}")
    if asked.write is not None:
        replaced(asked.write, asked.set, "")  # before hours of work, whether the table has a place
    reference = _reference(asked.set)
    print(HEAD)
    solved: list[Solved] = []
    for name, problem in problems:
        forget_peak()
        seconds = asked.seconds or _seconds(asked.set, problem)
        solved.append(Solved(name, solve(problem, replace(limits, seconds=seconds)), peak(), seconds))
        print(_row(solved[-1], reference.get(name)), flush=True)
    line = _summary(asked.set, solved, reference, limits)
    if asked.write is not None:
        rows = [_row(one, reference.get(one.name)) for one in solved]
        table = "\n".join([HEAD, *rows, "", f"`{json.dumps(line)}`"])
        asked.write.write_text(replaced(asked.write, asked.set, table), encoding="utf-8")
    print(json.dumps(line))
    return 0


def replaced(path: Path, name: str, table: str) -> str:
    """Return the text of a Markdown file with another table between ``<!-- name -->`` and ``<!-- /name -->``.

    Raises
    ------
    BadFile
        When the file cannot be read or has no such place.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile(str(path), f"cannot be read: {error.strerror}") from error
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    if not re.search(re.escape(begin) + ".*" + re.escape(end), text, flags=re.DOTALL):
        raise BadFile(str(path), f"expected the lines {begin.strip()} and {end}")
    before, rest = text.split(begin, 1)
    return f"{before}{begin}\n{table}\n\n{end}{rest.split(end, 1)[1]}"


def _seconds(name: str, problem: Problem) -> float:
    people, seconds = BENCH_LARGE
    return seconds if name == "kitchen" and len(problem.people) > people else BENCH_SECONDS[name]


def _problems(asked: Asked) -> list[tuple[str, Problem]]:
    data = asked.data or _from_environment(asked.set)
    if data is None and asked.set != "curtois-qu":
        return list(_made(asked))
    if data is None:
        raise BadFile(
            asked.set, f"expected {FORM[asked.set]} in a folder: --data DIR, or {DATA}=DIR for DIR/{asked.set}"
        )
    paths = sorted(data.glob(FILES[asked.set]), key=lambda path: [int(part) for part in re.findall(r"\d+", path.stem)])
    if not paths:
        raise BadFile(str(data), f"expected {FORM[asked.set]}")
    form = "kitchen" if asked.set == "kitchen" else "curtois-qu"
    return [(path.stem, read_problem(path, form)) for path in paths if asked.only in path.stem]


def _made(asked: Asked) -> Iterator[tuple[str, Problem]]:
    """Make the problems of a set from seeds."""
    if asked.set == "ward":
        for people, weeks, shifts in WARDS:
            if asked.only in (name := f"{people}x{weeks}x{shifts}"):
                yield name, curtois_qu.read_problem(generate_ward.ward(people, weeks, shifts, 1))
        return
    for people, days in SIZES:
        for seed in (1, 2, 3):
            if asked.only in (name := f"{people}x{days}-g{seed}"):
                yield name, kitchen.problem(generate.kitchen(people, days, seed))


def _from_environment(name: str) -> Path | None:
    folder = os.environ.get(DATA)
    return Path(folder) / name if folder and (Path(folder) / name).is_dir() else None


def _reference(name: str) -> dict[str, int]:
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        return {row["problem"]: int(row["cost"]) for row in csv.DictReader(lines) if row["set"] == name}


def _row(solved: Solved, reference: int | None) -> str:
    name, outcome, memory, _ = solved
    shown = (
        name, outcome.status, _text(outcome.cost), _text(reference), _text(_above(outcome.cost, reference), 1),
        _text(outcome.bound), _text(_gap(outcome), 1), _text(outcome.seconds, 1), _text(outcome.first_seconds, 2),
        _text(memory),
    )  # fmt: skip
    return f"| {' | '.join(shown)} |"


def _text(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _above(cost: int | None, reference: int | None) -> float | None:
    """Return by how many percent a cost is above a reference."""
    return None if cost is None or not reference else 100 * (cost - reference) / reference


def _gap(outcome: Outcome) -> float | None:
    """Return by how many percent of the cost the bound is below it."""
    if outcome.cost is None or outcome.bound is None:
        return None
    return 100 * (outcome.cost - outcome.bound) / max(1, outcome.cost)


def _summary(name: str, solved: list[Solved], reference: Mapping[str, int], limits: Limits) -> dict[str, object]:
    sizes: dict[str, list[Solved]] = {}
    for one in solved if name == "kitchen" else ():
        sizes.setdefault(one.name.split("-")[0], []).append(one)
    return {
        "set": name, "workers": limits.workers, "seed": limits.seed,
        **_of(solved, reference), "sizes": {size: _of(some, reference) for size, some in sizes.items()},
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _of(solved: list[Solved], reference: Mapping[str, int]) -> dict[str, object]:
    """Summarise problems that the same bars are set for."""
    outcomes = [one.outcome for one in solved]
    gaps = [gap for outcome in outcomes if (gap := _gap(outcome)) is not None]
    above = [more for one in solved if (more := _above(one.outcome.cost, reference.get(one.name))) is not None]
    return {
        "problems": len(solved), "limit_s": max(one.seconds for one in solved),
        "with_roster": sum(outcome.roster is not None for outcome in outcomes),
        "proved": sum(outcome.status == "optimal" for outcome in outcomes),
        "median_s": _median([outcome.seconds for outcome in outcomes]),
        "worst_s": round(max(outcome.seconds for outcome in outcomes), 2),
        "median_gap_percent": _median(gaps), "median_above_reference_percent": _median(above),
        "most_mb": max((round(one.memory) for one in solved if one.memory is not None), default=None),
    }  # fmt: skip


def _median(values: Sequence[float]) -> float | None:
    return round(statistics.median(values), 2) if values else None

"""The kernel on the command line: ``python -m solver`` with one of the commands that ``--help`` lists.

The last line is one JSON object, but for ``bench-answers`` and ``rules``. A bad file ends with one line and code 2.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from solver import answers
from solver.bar import Bar
from solver.catalogue import page
from solver.check import Checker
from solver.errors import BadFile
from solver.formats import FORMATS, expect_writable, read_problem, read_roster, write_roster
from solver.roster import Outcome
from solver.run import BENCH_SECONDS, Limits, Stop
from solver.telling import violations_told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except BadFile as error:
        print(f"solver: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # before a search listens to Ctrl+C, or where there is none
        return 128 + signal.SIGINT
    except BrokenPipeError:  # whoever read has enough, as `head`; what is still to be flushed goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m solver", description="Rosters that keep their rules.")
    commands = parser.add_subparsers(dest="command", required=True)
    solve = commands.add_parser("solve", help="search a roster for the problem in FILE")
    solve.add_argument("file", type=Path, metavar="FILE")
    solve.add_argument("--seconds", type=_positive, default=30.0, metavar="S", help="time limit (30)")
    solve.add_argument("--workers", type=_count, default=2, metavar="N", help="threads (2)")
    solve.add_argument("--seed", type=int, default=0, metavar="N", help="0")
    solve.add_argument("--roster", type=Path, metavar="OUT", help="where to write the roster")
    solve.set_defaults(run=_solve)
    check = commands.add_parser("check", help="price the roster in ROSTER under the rules in FILE")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("roster", type=Path, metavar="ROSTER")
    check.set_defaults(run=_check)
    for command in (solve, check, *answers.add(commands.add_parser, _positive)):
        command.add_argument("--format", choices=sorted(FORMATS), default="shiftapp", help="of the files (shiftapp)")
    bench = commands.add_parser("bench", help="solve a benchmark set and print the table")
    bench.add_argument("--set", choices=BENCH_SECONDS, default="kitchen", help="which (kitchen)")
    bench.add_argument("--data", type=Path, metavar="DIR", help="the set's files ($SOLVER_BENCH_DATA/SET)")
    bench.add_argument("--only", default="", metavar="TEXT", help="files whose name contains TEXT")
    bench.add_argument(
        "--seconds", type=_positive, metavar="S", help="time limit of each (kitchens up to 50 people 30, else 60)"
    )
    bench.add_argument("--workers", type=_count, default=2, metavar="N", help="threads (2)")
    bench.add_argument("--seed", type=int, default=0, metavar="N", help="0")
    bench.add_argument("--write", type=Path, metavar="PAGE", help="Markdown page whose table of the set is replaced")
    bench.set_defaults(run=_bench)
    answering = commands.add_parser("bench-answers", help="time why-not, repair, explain and alternatives")
    answering.add_argument("--only", default="", metavar="TEXT", help="questions whose name contains TEXT")
    answering.set_defaults(run=_bench_answers)
    rules = commands.add_parser("rules", help="print what rules there are, as Markdown")
    rules.set_defaults(run=_rules)
    return parser


def _solve(given: argparse.Namespace) -> int:
    problem = read_problem(given.file, given.format)
    if given.roster is not None:
        expect_writable(given.roster)
    from solver.search import solve  # here, so that bad files are told without loading OR-Tools

    stop = Stop()

    def finish(_number: int, _frame: FrameType | None) -> None:
        stop.finish()

    signal.signal(signal.SIGINT, finish)
    limits = Limits(given.seconds, given.workers, given.seed)
    with Bar(given.seconds) as bar:
        outcome = solve(problem, limits, on_progress=bar.tell, stop=stop)
    if outcome.roster is not None and given.roster is not None:
        write_roster(outcome.roster, given.roster, given.format)
    for line in violations_told(outcome.violations):
        print(line)
    if outcome.clashes:
        print("hard rules that clash:", ", ".join(outcome.clashes))
    print(json.dumps(_line(outcome)))
    return 0


def _line(outcome: Outcome) -> dict[str, object]:
    return {
        "status": outcome.status,
        "objective": outcome.cost,
        "bound": outcome.bound,
        "seconds": round(outcome.seconds, 3),
        "first_seconds": None if outcome.first_seconds is None else round(outcome.first_seconds, 3),
    }


def _check(given: argparse.Namespace) -> int:
    problem = read_problem(given.file, given.format)
    checker = Checker(problem, read_roster(problem, given.roster, given.format))
    for line in violations_told(checker.violations()):
        print(line)
    print(json.dumps({"cost": checker.cost, "hard": checker.hard, "undecided": checker.undecided}))
    return 0


def _bench(given: argparse.Namespace) -> int:
    from solver.bench import Asked, bench  # loads OR-Tools

    asked = Asked(given.set, given.data, given.only, given.write, given.seconds)
    return bench(asked, Limits(BENCH_SECONDS[given.set], given.workers, given.seed))


def _bench_answers(given: argparse.Namespace) -> int:
    from solver.bench_answers import bench_answers  # loads OR-Tools

    return bench_answers(given.only)


def _rules(_given: argparse.Namespace) -> int:
    print(page(), end="")
    return 0


def _positive(text: str) -> float:
    with suppress(ValueError):
        if 0 < (number := float(text)) < float("inf"):
            return number
    raise argparse.ArgumentTypeError(f"expected a number above 0, found {text}")


def _count(text: str) -> int:
    with suppress(ValueError):
        if (number := int(text)) >= 1:
            return number
    raise argparse.ArgumentTypeError(f"expected a whole number from 1, found {text}")


if __name__ == "__main__":
    sys.exit(main())

"""``python -m tests.load.checks``: how long a check of 200 people × 62 days takes under every rule, and an edit of it.

The roster is random, so that it breaks the rules thousands of times; as in the server, what was there before is no
matter of the collector's. Milliseconds of processor time, and as a multiple of counting to a million in the same run,
which is what a slower machine stretches alike. The last line is one JSON object.
"""

import gc
import json
import os
import random
import statistics
import time
from collections.abc import Callable

from solver.check import Checker
from tests.solver import crowd

PEOPLE, DAYS = 200, 62
CHECKS, EDITS = 9, 400
BARS = {"whole roster": 100.0, "one edit": 2.0}


def milliseconds(act: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    began = time.process_time()
    act()
    return 1000 * (time.process_time() - began)


def count() -> None:
    """Count to a million: the reference."""
    total = 0
    for number in range(1_000_000):
        total += number


def main() -> None:
    """Measure and print."""
    problem, chance = crowd.ward(PEOPLE, DAYS), random.Random(0)
    cells = {name: crowd.row(DAYS, chance) for name in problem.index.ids}
    gc.freeze()
    reference = statistics.median(milliseconds(count) for _ in range(CHECKS))
    checker = Checker(problem, cells)
    spent = {
        "whole roster": [milliseconds(lambda: Checker(problem, cells)) for _ in range(CHECKS)],
        "one edit": [
            milliseconds(
                lambda: checker.set(chance.choice(problem.index.ids), chance.randrange(DAYS), chance.choice(crowd.IDS))
            )
            for _ in range(EDITS)
        ],
    }
    print(f"{PEOPLE} people x {DAYS} days, {len(problem.rules)} rules; counting to a million takes {reference:.0f} ms")
    print(f"{'what':<14}{'bar ms':>8}{'median ms':>11}{'p95 ms':>8}{'x reference':>13}")
    for what, each in spent.items():
        p95 = statistics.quantiles(each, n=20)[-1]
        middle = statistics.median(each)
        print(f"{what:<14}{BARS[what]:>8g}{middle:>11.2f}{p95:>8.2f}{middle / reference:>13.3f}")
    found = {what: round(statistics.median(each), 2) for what, each in spent.items()}
    print(json.dumps({**found, "reference": round(reference, 1), "load": round(os.getloadavg()[0], 1)}))


if __name__ == "__main__":
    main()

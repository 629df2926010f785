"""``python -m tests.soak [--share S] [FAULT ...]``: the laws that hold under faults, each beside its control.

Runs every test marked ``fault``, one after another, and prints a table: whether the control was convicted, without
which a verdict proves nothing, and whether the law held. The exit status is 0 when all were and did. With a share, such
as 0.1, the long ones get that much of their edits or minutes.
"""

import argparse
import sys
from collections.abc import Generator

import pytest

FAULTS = {
    1: "the server is killed twenty times in 1,000 edits: none is lost, pages are back in 5 s",
    2: "the database is stopped at once five times: no edit is lost, every answer comes within 15 s",
    3: "the reply is lost after the commit 200 times: sent again, each edit is applied once",
    4: "the connection dies at four points of the transaction, 50 times each: all of the edit stands or nothing",
    5: "sixteen write one cell at one version 100 times: one wins, the others are told",
    6: "whatever three tabs on two servers do: replay of the log = cells = every tab",
    7: "a page is offline for a minute: each of its twenty edits is applied once or reported",
    8: "under every strategy whoever loses a value is told",
    9: "an undo leaves alone what somebody else changed since, and says so",
    10: "a paste of 60 × 20 is one transaction and one undo, within 1 s, and is refused whole",
    11: "after every service that changes something a stale page plus what it was told is a fresh one",
    12: "fifty pages, twenty edits a second: no gap, p95 250 ms to every page",
    13: "notifications are lost, late and doubled: every page is equal within 5 s",
    14: "one of two servers behind nginx is killed, the other drained: nothing lost, pages equal in 10 s",
    15: "pages that ask and do not read for two minutes cost 20 MB at most",
    16: "of thirty people on three servers fifteen vanish: who is left is known exactly in 35 s",
    17: "half an hour of twenty people: memory within 5 %, open files within 5",
    18: "500 pinned rosters of each rule cost in the model what the specification says",
    19: "of the mutants of the rules 95 % are caught",
    20: "the optimum is that of brute force, up to 3 people, 3 days and 4 shifts",
    21: "fifty planted contradictions are named, minimal and mended; p95 15 s",
    22: "a search of 30 s has ended after 33 s, a cancelled one after 2 s",
    23: "a worker is killed: its run is back or over within a minute, never half a roster",
    24: "a hundred edits beside a search: none is overwritten by what it found",
    25: "four searches at once: an edit's p95 is 300 ms, the fifth search waits",
}
"""The faults by their number in the project's list, and the law under each."""


class Verdicts:
    """A plugin that keeps what became of the laws and controls of each fault."""

    def __init__(self, asked: set[int]) -> None:
        self.asked = asked
        self.passed: dict[tuple[int, bool], list[bool]] = {}

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what is of no fault that was asked for."""
        others = [item for item in items if _fault(item)[0] not in self.asked]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep the outcome of a test, and a failure before or after it."""
        report = yield
        if (report.when == "call" and not report.skipped) or report.failed:
            self.passed.setdefault(_fault(item), []).append(report.passed)
        return report

    def all_passed(self, number: int, control: bool) -> bool:
        """Whether there were such tests, and all of them passed."""
        return all(self.passed.get((number, control), [False]))

    def table(self) -> str:
        """Return the table of verdicts."""
        lines = [f"{'fault':>5}  {'control':<13}{'law':<8}"]
        for number in sorted(self.asked):
            control = "convicted" if self.all_passed(number, True) else "NOT CONVICTED"
            law = "held" if self.all_passed(number, False) else "BROKEN"
            lines.append(f"{number:>5}  {control:<15}{law:<8}{FAULTS[number]}")
        return "\n".join(lines)

    def good(self) -> bool:
        """Whether every law held and every control was convicted."""
        return all(self.all_passed(number, control) for number in self.asked for control in (False, True))


def _fault(item: pytest.Item) -> tuple[int, bool]:
    marker = item.get_closest_marker("fault")
    return (0, False) if marker is None else (marker.args[0], marker.kwargs.get("control", False))


def main(arguments: list[str]) -> int:
    """Run the laws of some faults, of all when none is named; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Try the laws under faults.")
    parser.add_argument("faults", type=int, nargs="*", metavar="FAULT", help="its number; all where none is named")
    parser.add_argument("--share", type=float, default=1.0, metavar="S", help="of the full length of the long ones (1)")
    chosen = parser.parse_args(arguments)
    asked = set(chosen.faults) or set(FAULTS)
    if unknown := asked - set(FAULTS):
        print(f"no such fault: {sorted(unknown)}; there are {', '.join(map(str, FAULTS))}", file=sys.stderr)
        return 2
    verdicts = Verdicts(asked)
    pytest.main(["--soak", "--share", str(chosen.share), "-m", "fault", "-s", "tests"], plugins=[verdicts])
    print("\n" + verdicts.table())
    return 0 if verdicts.good() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

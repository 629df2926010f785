"""What another shift in a cell would mean, as the page is told it, and that asking changes nothing."""

import random
from dataclasses import replace

from shiftapp.domain.book import Reading
from shiftapp.domain.cell import Cell
from shiftapp.live.replica import VIOLATIONS, Replica
from shiftapp.live.why import changes_text, found_values, tried_values
from solver.roster import Violation
from tests.live.books import EARLY, LEAVE, OFF, WORK, book, day, patch, sums

OVER = Violation("107", "period_limits", ("10",), (0, 11), 2, 20, False, {"maximum": 8, "count": 10})


def filled(seed: int) -> Replica:
    chance = random.Random(seed)
    cells = {
        (10 + row, day(column)): Cell(chance.choice((WORK, OFF, EARLY, LEAVE)))
        for row in range(3)
        for column in range(12)
    }
    return Replica(Reading(book(), cells))


def test_what_a_shift_alone_would_change_is_what_the_edit_then_changes_and_asking_changes_nothing():
    for seed in range(4):
        replica = filled(seed)
        before = replica.snapshot()
        chance = random.Random(seed)
        for row, column, shift in [(chance.randrange(3), chance.randrange(12), chance.randint(1, 5)) for _ in range(8)]:
            tried = replica.tried((10 + row, day(column)), shift)
            assert tried is not None
            assert replica.snapshot() == before
            now = sums(before)
            after = Replica(Reading(book(), replica.cells))
            after.apply(patch(after.seq + 1, (row, column, shift)))
            edited = sums(after.snapshot())
            assert (edited["cost"] - now["cost"], edited["hard"] - now["hard"]) == (tried.cost, tried.hard)
        replica.apply(patch(replica.seq + 1, (0, 0, OFF)))
        assert sums(replica.snapshot()) == sums(Replica(Reading(book(), replica.cells)).snapshot()), (
            "it still counts right"
        )


def test_every_shift_in_use_is_tried_and_what_the_cell_holds_changes_nothing():
    replica = filled(1)
    told = tried_values(replica, (11, day(3)))
    assert told is not None
    assert told["cell"] == f"11|{day(3).isoformat()}"
    assert [one[0] for one in told["lone"]] == [
        replica.letters[shift.id] for shift in book().shift_types if shift.active
    ]
    held = replica.letters[replica.cells[11, day(3)].shift or 0]
    assert next(one for one in told["lone"] if one[0] == held) == [held, "0", "0"]
    assert any(change[0] in "+-" for one in told["lone"] for change in one[3:])


def test_where_there_is_no_cell_nothing_is_told():
    replica = filled(2)
    assert tried_values(replica, (99, day(3))) is None
    assert tried_values(replica, (13, day(0))) is None, "before the employment"
    assert tried_values(replica, (10, day(40))) is None
    assert replica.tried((10, day(1)), 77) is None


def test_what_is_broken_by_more_is_said_once_at_the_difference():
    lines = filled(0).lines
    worse, better = replace(OVER, amount=3, cost=30), replace(OVER, amount=1, cost=10)
    assert changes_text([worse], [OVER], lines) == ["+" + lines.text(replace(worse, cost=10))]
    assert changes_text([better], [OVER], lines) == ["-" + lines.text(OVER).replace("|20|", "|10|")]
    assert changes_text([OVER], [OVER], lines) == []
    assert changes_text([], [OVER], lines) == ["-" + lines.text(OVER)]


def test_an_answer_is_written_with_rows_letters_and_the_least_that_is_proved():
    replica = filled(0)
    answer = {
        "status": "possible", "alone": {"cost": 9, "hard": 0}, "difference": -5, "besides": 4, "exact": False,
        "at_least": -7, "broken": [], "mended": [], "clash": None, "seconds": 1.0,
        "moved": [{"person": "12", "day": 4, "before": str(WORK), "after": str(OFF)}],
    }  # fmt: skip
    answer["fewer"] = {"difference": -2, "moved": answer["moved"]}
    told = found_values(answer, 3, replica.lines)
    assert told["fewer"] == ["-2", *told["moves"]]
    assert told["price"] == ["-5", "", "-7", "3", "4"]
    assert told["moves"] == [f"2|4|{replica.letters[WORK]}|{replica.letters[OFF]}"]
    part = {"rule": "102", "kind": "calendar", "people": [], "days": [5]}
    clash = answer | {
        "status": "clash",
        "difference": None,
        "besides": 0,
        "at_least": None,
        "moved": [],
        "fewer": None,
        "clash": {"minimal": True, "parts": [part]},
    }
    told = found_values(clash, 0, replica.lines)
    assert (told["verdict"], told["clash"][0], told["price"]) == ("clash", "1", ["", "", "", "0", "0"])
    assert told["clash"][1].endswith("||5||")
    assert VIOLATIONS

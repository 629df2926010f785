"""A replica that followed every change is the one that is read anew, and is drawn as the page expects."""

import asyncio
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shiftapp.domain.book import Reading
from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.compile import compile_problem, roster_rows
from shiftapp.domain.edit import EditKind, Patch, PatchCell
from shiftapp.live import view
from shiftapp.live.broken import worst_first
from shiftapp.live.replica import GRID, VIOLATIONS, Replica, Stale, Values, different
from solver.check import Checker
from tests.factories import member
from tests.live.books import EARLY, LEAVE, OFF, WORK, book, day, marked, merged, patch, shown, sums

EDIT = some.lists(
    some.tuples(some.integers(0, 3), some.integers(4, 8), some.sampled_from([None, WORK, OFF, EARLY, LEAVE])),
    min_size=1,
    max_size=8,
    unique_by=lambda edit: edit[:2],
)


@given(edits=some.lists(some.tuples(EDIT, some.sampled_from(["edit", "run", "paste"])), max_size=12))
@settings(max_examples=60, deadline=None)
def test_snapshot_plus_changes_is_a_fresh_snapshot(
    edits: list[tuple[list[tuple[int, int, int | None]], EditKind]],
) -> None:
    replica = Replica(Reading(book(), {}))
    page = replica.snapshot()
    cells: dict[Place, Cell] = {}
    for seq, (edit, kind) in enumerate(edits, 1):
        one = patch(seq, *edit, kind=kind)
        page = merged(page, replica.apply(one))
        cells |= {(cell.staff_id, cell.day): cell.cell(seq) for cell in one.cells}
    now = book()
    fresh = Replica(Reading(replace(now, period=replace(now.period, seq=len(edits))), cells))
    assert shown(page) == shown(replica.snapshot()) == shown(fresh.snapshot())


def test_a_row_is_a_letter_a_day_and_its_marks_and_wishes_lie_beside_it() -> None:
    drawn = {(10, day(0)): Cell(EARLY, True, "note", 1), (10, day(1)): Cell(OFF, True), (10, day(2)): Cell(OFF, True)}
    replica = Replica(Reading(book(), drawn))
    page, letters = replica.snapshot(), replica.letters
    assert page[GRID]["r000"] == letters[EARLY] + letters[OFF] * 2 + "." * 9
    bits = marked(page, 0)
    assert [bit & view.PINNED for bit in bits[:4]] == [view.PINNED] * 3 + [0]
    assert page[GRID]["n000"] == view.DAYS[0] + "note"
    assert page[GRID]["n001"] == ""
    assert page[GRID]["w000"] == "." + letters[OFF] + letters[EARLY].lower() + "." * 9
    assert page[GRID]["w001"] == ""


@given(some.lists(some.integers(0, 31), max_size=92))
def test_stretches_hold_exactly_the_marked_days(bits: list[int]) -> None:
    text = view.stretches(bits)
    assert marked({GRID: {"f000": text, "r000": "." * len(bits)}}, 0) == bits
    changes = sum(bit != before for before, bit in zip([0, *bits], bits, strict=False))
    assert len(text) <= 3 * changes
    assert len(json.dumps(text)) == len(text) + 2


def test_days_outside_the_employment_have_no_cell() -> None:
    assert Replica(Reading(book(), {})).snapshot()[GRID]["r003"] == "    .....   "


def test_columns_carry_weekday_holiday_closure_and_must_work() -> None:
    days = Replica(Reading(book(), {})).snapshot()[GRID]["days"]
    assert days[0] == ["2026-12-21", "21", "0", "12", "", ""]
    assert days[2][4:] == ["h", "Feast"]
    assert days[5][4:] == ["wc", "check"]
    assert days[6][4] == "wm"


def test_a_violation_names_rule_people_date_amount_and_cost_and_marks_its_cells() -> None:
    replica = Replica(Reading(book(), {}))
    page = merged(replica.snapshot(), replica.apply(patch(1, (0, 0, OFF), (1, 0, OFF))))
    labels = page[VIOLATIONS]["labels"]
    (line,) = shown(page)["lines"]  # type: ignore[misc]
    label, *rest = line.split("|")
    assert labels[int(label)] == ["group_cover", "Grill", "l=1"]
    assert rest == ["0,1", "0", "", "200", "", "n=2"]
    assert sums(page)["cost"] == 200
    assert [marked(page, row)[0] & view.SOFT for row in range(3)] == [view.SOFT, view.SOFT, 0]
    gone = replica.apply(patch(2, (1, 0, WORK)))
    assert sums(merged(page, gone))["count"] == 0
    assert set(gone[GRID]) == {"seq", "r001", "f000", "f001"}


def test_a_violation_keeps_its_slot_while_its_amount_changes() -> None:
    replica = Replica(Reading(book(), {}))
    filled = patch(1, *((0, index, OFF if index < 9 else WORK) for index in range(12)))
    page = merged(replica.snapshot(), replica.apply(filled))

    def limits(values: Values) -> list[str]:
        kinds = [kind for kind, *_ in page[VIOLATIONS]["labels"]]
        lines = {name: line for name, line in values[VIOLATIONS].items() if name[0] == "v" and line}
        return [name for name, line in lines.items() if kinds[int(line.split("|")[0])] == "period_limits"]

    changed = replica.apply(patch(2, (0, 11, OFF)))
    assert limits(changed) == limits(page)
    assert len(limits(page)) == 1


def test_a_day_with_too_few_people_off_is_outside_its_limits() -> None:
    replica = Replica(Reading(book(), {}))
    assert replica.snapshot()[GRID]["outside"] == ""
    full = patch(1, *((row, 4, WORK) for row in range(4)))
    assert replica.apply(full)[GRID]["outside"] == "441"


def test_a_note_travels_alone_and_no_other_edit_carries_it() -> None:
    """Its row's marks and letters are not sent with it, nor it with them."""
    replica = Replica(Reading(book(), {}))

    def put(seq: int, index: int, shift: int | None, note: str) -> Values:
        return replica.apply(Patch(seq, "edit", (PatchCell(10, day(index), shift, False, note),)))

    assert put(1, 3, None, "doctor")[GRID] == {"seq": 1, "n000": view.DAYS[3] + "doctor"}
    two = view.DAYS[1] + "early" + view.BETWEEN_NOTES + view.DAYS[3] + "doctor"
    assert put(2, 1, None, "early")[GRID] == {"seq": 2, "n000": two}
    assert not {name for name in put(3, 3, OFF, "doctor")[GRID] if name[0] == "n"}
    assert replica.snapshot()[GRID]["n000"] == two
    assert put(4, 1, None, "")[GRID] == {"seq": 4, "n000": view.DAYS[3] + "doctor"}


def test_one_edit_sends_one_row_and_little_else() -> None:
    replica = Replica(Reading(book(), {}))
    changed = replica.apply(patch(1, (2, 0, WORK)))
    assert {name for name in changed[GRID] if name[0] == "r"} == {"r002"}
    assert set(changed[VIOLATIONS]) == {"sums"}


@given(cells=some.lists(some.sampled_from([None, WORK, OFF, EARLY, LEAVE]), min_size=41, max_size=41))
@settings(max_examples=30, deadline=None)
def test_many_cells_at_once_are_priced_like_one_after_the_other(cells: list[int | None]) -> None:
    places = [(number // 12, number % 12) for number in range(36)] + [(3, number) for number in range(4, 9)]
    edits = [(row, index, shift) for (row, index), shift in zip(places, cells, strict=True)]
    at_once, singly = Replica(Reading(book(), {})), Replica(Reading(book(), {}))
    page = merged(at_once.snapshot(), at_once.apply(patch(1, *edits)))
    for seq, edit in enumerate(edits, 1):
        singly.apply(patch(seq, edit))
    assert shown(page) | {"seq": 0} == shown(singly.snapshot()) | {"seq": 0}


def test_only_the_next_change_set_is_taken() -> None:
    replica = Replica(Reading(book(), {}))
    for wrong in (0, 2):
        with pytest.raises(ValueError, match="expected change set 1"):
            replica.apply(patch(wrong, (0, 0, WORK)))


def test_what_the_book_does_not_know_makes_a_replica_stale() -> None:
    with pytest.raises(Stale):
        Replica(Reading(book(), {})).apply(patch(1, (0, 0, 999)))
    with pytest.raises(Stale):
        Replica(Reading(book(), {})).apply(patch(1, (50, 0, WORK)))


def test_a_team_without_staff_is_drawn_empty() -> None:
    empty = replace(book(), staff=(), groups=(), requests=())
    values = Replica(Reading(empty, {})).snapshot()
    assert values[GRID]["order"] == []
    assert sums(values)["count"] == 0


def test_rows_keep_their_slots_when_staff_changes() -> None:
    old = Replica(Reading(book(), {}))
    now = book()
    newcomer = replace(member("New", 0), id=99)
    fewer = replace(now, staff=(newcomer, now.staff[2], now.staff[0]), groups=())
    new = Replica(Reading(fewer, {}), old)
    assert [new.slots[one.id] for one in now.staff if one.id in new.slots] == [0, 2]
    assert new.snapshot()[GRID]["order"] == [str(new.slots[99]), "2", "0"]
    assert new.slots[99] in (1, 3, 4)


def test_only_what_differs_is_different() -> None:
    assert different({"A": {"x": 1, "y": 2}}, {"A": {"x": 1, "y": 3}, "B": {"z": 4}}) == {"A": {"y": 3}, "B": {"z": 4}}
    assert different({"A": {"x": 1}}, {"A": {"x": 1}}) == {}


def test_the_worst_hundred_and_twenty_violations_have_slots_and_all_are_counted() -> None:
    many = replace(book(40, 30), groups=(), requests=())
    cells = {(member.id, day(index)): Cell(OFF) for member in many.staff[:-1] for index in range(30)}
    page = Replica(Reading(many, cells)).snapshot()
    lines = shown(page)["lines"]
    assert len(lines) == len(set(lines)) == 120  # type: ignore[arg-type]
    assert sums(page)["count"] > 1000
    everything = Checker(compile_problem(many, cells), roster_rows(many, cells)).violations()
    worst = sorted(everything, key=worst_first)[:120]
    assert sum(int(line.split("|")[4]) for line in lines) == sum(one.cost for one in worst)  # type: ignore[union-attr]


def test_an_edit_of_two_hundred_by_ninety_two_is_priced_and_drawn_quickly() -> None:
    """The promise is 50 ms to every screen; this is the share of one core, five times the expected at least."""
    large = replace(book(200, 92), groups=(), requests=())
    cells = {(one.id, day(index)): Cell(WORK if index % 4 else OFF) for one in large.staff[:-1] for index in range(92)}
    replica = Replica(Reading(large, cells))
    clock = asyncio.new_event_loop()
    started = clock.time()
    for seq in range(1, 21):
        replica.apply(patch(seq, (seq, seq, OFF)))
    assert (clock.time() - started) / 20 < 0.1
    clock.close()

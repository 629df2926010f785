"""Rows as the browser draws them: painted over, marked, noted, proposed for, counted."""

from hypothesis import given
from hypothesis import strategies as st

from shiftapp.live.view import BETWEEN_NOTES, DAYS, stretches
from shiftapp.ui.components.foot import counted
from shiftapp.ui.components.row import tallied
from shiftapp.ui.components.rows import (
    NOTE,
    OTHER_NOTE,
    WAITING,
    covers,
    note_in,
    note_marks,
    noted,
    painted,
    proposed,
    spread,
    waiting,
)
from shiftapp.ui.js import js
from tests.ui.browser import run


@given(
    st.text(alphabet=".ABC ", min_size=1, max_size=9),
    st.integers(0, 3),
    st.text(alphabet=".AB~", min_size=1, max_size=6),
)
def test_paint_changes_only_the_cells_it_names(row: str, start: int, letters: str) -> None:
    """The law, in Python; the browser's code is compared with it below."""
    changed = {at for at, (old, new) in enumerate(zip(row, paint(row, start, letters), strict=True)) if old != new}
    assert changed <= set(range(start, start + len(letters)))


def paint(row: str, start: int, letters: str) -> str:
    """What `painted` promises: each letter replaces a cell that exists."""
    cells = list(row)
    for at, letter in enumerate(letters, start):
        if at < len(cells) and letter != "~" and cells[at] != " ":
            cells[at] = letter
    return "".join(cells)


def test_the_browser_paints_by_the_law() -> None:
    cases = [
        (row, start, letters)
        for row in ("ABx .", "C", " A_BB")
        for start, letters in [(0, "B"), (1, "A~."), (2, ".."), (0, "AAAA"), (3, "AAAA")]
    ]
    assert run(*(painted(row, 5, [[9, 5, start, letters]], 8) for row, start, letters in cases)) == [
        paint(*case) for case in cases
    ]


def test_paint_that_was_decided_or_belongs_to_another_row_does_not_show() -> None:
    decided, elsewhere = [3, 5, 0, "B"], [9, 6, 0, "B"]
    assert run(painted("AB", 5, [decided, elsewhere], 3), waiting(5, [decided, elsewhere], 3)) == ["AB", ""]


def test_what_waits_is_marked_cell_by_cell() -> None:
    marks = waiting(5, [[9, 5, 2, "A~B"]], 8)
    assert run(spread(marks, 6)) == [[0, 0, WAITING, 0, WAITING, 0]]


def test_a_pin_waits_without_changing_what_is_there() -> None:
    pins = [[9, 5, 0, "..", True], [10, 5, 2, ".", False]]
    assert run(painted("AB.", 5, pins, 8), spread(waiting(5, pins, 8), 3)) == ["AB.", [WAITING] * 3]


NOTES = BETWEEN_NOTES.join((DAYS[0] + "first", DAYS[2] + "third\nline"))
"""As the server writes a row's notes."""


def test_the_browser_reads_notes_as_they_were_written() -> None:
    assert run(*(note_in(NOTES, at) for at in range(4)), note_in("", 0)) == ["first", "", "third\nline", "", ""]
    assert run(spread(note_marks(NOTES), 4), note_marks("")) == [[NOTE, 0, NOTE, 0], ""]
    both = note_marks(NOTES, OTHER_NOTE) + note_marks(NOTES)
    assert run(spread(both, 3)) == [[NOTE + OTHER_NOTE, 0, NOTE + OTHER_NOTE]]


def test_a_note_is_painted_over_the_row_and_waits_without_changing_a_shift() -> None:
    """The latest stands; an empty one takes the note away; of another row, or decided, it does not show."""
    mine = [
        [9, 5, 0, ".", None, "older"],
        [10, 5, 0, ".", None, "newer"],
        [11, 5, 2, ".", None, ""],
        [12, 5, 1, ".", None, "new"],
        [13, 6, 3, ".", None, "elsewhere"],
        [8, 5, 3, ".", None, "decided"],
    ]
    notes = noted(NOTES, 5, mine, 8)
    assert run(*(note_in(notes, at) for at in range(4))) == ["newer", "new", "", ""]
    assert run(spread(note_marks(notes), 4), spread(waiting(5, mine, 8), 4)) == [
        [NOTE, NOTE, 0, 0],
        [WAITING] * 3 + [0],
    ]
    assert run(painted("AB.A", 5, mine, 8)) == ["AB.A"]
    assert run(noted(NOTES, 5, [], 8), noted("", 5, [], 8)) == [NOTES, ""]


def test_the_browser_reads_stretches_as_they_were_written() -> None:
    cases = [
        [0, 1, 1, 3, 0],
        [],
        [2],
        [0, 0, 0],
        [1, 2, 3, 4, 5],
        *([int(day == at) for day in range(92)] for at in (0, 63, 91)),
    ]
    assert run(*(spread(stretches(bits), len(bits)) for bits in cases)) == cases
    marks = stretches([0, 1, 1, 0])
    assert run(*(covers(marks, at) for at in range(4))) == [False, True, True, False]


def test_marks_of_two_sources_are_joined() -> None:
    assert run(spread(stretches([1, 1, 0]) + stretches([0, 16, 16]), 3)) == [[1, 17, 16]]


def test_a_proposal_replaces_only_what_it_changes() -> None:
    assert run(proposed("AB. ", ""), proposed("AB. ", ".C.."), proposed("AB. ", "..A.")) == ["AB. ", "AC. ", "ABA "]


SHIFTS = [
    ["A", "1", "○", "出勤", "Work", "gray", "o", "work", "1", "480", "0"],
    ["B", "2", "×", "休み", "Off", "red", "x", "off", "1", "0", "2"],
    ["C", "3", "△", "早上がり", "Early", "blue", "e", "early", "1", "240", "1"],
]


def test_a_row_is_tallied_in_the_browser() -> None:
    """Off days (early is half of one), early shifts, days of work, hours."""
    assert run(tallied(js("AAB.C "), js(SHIFTS)), tallied(js(""), js(SHIFTS))) == [[1.5, 1, 3, 20], [0, 0, 0, 0]]


def test_a_day_is_counted_in_the_browser() -> None:
    rows = js("AB. \nBBC \n")
    assert run(counted(frozenset({"off"}), rows, js(4), js(SHIFTS))) == [[1, 2, 0, 0]]

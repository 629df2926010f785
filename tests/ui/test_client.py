"""What we build for the browser is what it will run, and Reflex still has the names we rely on.

Expressions are run by the Node that builds the page, so a law is about what they do, not how they are written.
"""

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
import reflex_base
from hypothesis import given
from hypothesis import strategies as st
from reflex.compiler.compiler import compile_contexts
from reflex_base.vars.base import Var

from shiftapp.live.view import BETWEEN_NOTES, DAYS, stretches
from shiftapp.ui.client import Kept, once
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
from shiftapp.ui.components.sheet import box
from shiftapp.ui.js import Js, between, do, fn, js, known, let, maybe, name, numbers, put, var, when
from shiftapp.ui.retry import LONGEST, pause, with_pause
from shiftapp.ui.say import phrase
from shiftapp.ui.state.grid import GridState


def _text(expression: Any) -> str:
    return str(var(expression, object))


def run(*expressions: Any) -> list[Any]:
    """Run expressions in a JavaScript engine and return their values."""
    node = Path(sysconfig.get_path("scripts")) / "node"
    program = f"const refs = {{}}; console.log(JSON.stringify([{', '.join(map(_text, expressions))}]))"
    done = subprocess.run([str(node), "-e", program], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_operators_mean_what_they_mean_in_python() -> None:
    seven, three = js(7), js(3)
    found = run(seven + three, seven - three, 1 - three, seven * three, seven / 2, seven % three, 2 + seven * three)
    assert found == [10, 4, -2, 21, 3.5, 1, 23]
    assert run(seven == 7, seven != 7, seven < three, seven >= 7, ~(seven > 8), js("ab") + "c") == [
        True, False, False, True, True, "abc",
    ]  # fmt: skip


def test_only_the_branch_that_holds_is_run() -> None:
    seen = Js("refs").seen
    steps = do(put(seen, 1), when(True, put(seen, seen + 1), put(seen, 100)), js(False) & put(seen, 200), seen)
    assert run(steps) == [2]


def test_an_inner_function_does_not_capture_an_outer_ones_parameter() -> None:
    add = fn(lambda x: fn(lambda y: let(y * 10, lambda x2: x + x2)))
    twice = fn(lambda x: let(add(x), lambda f: f(x)))
    assert run(twice(3)) == [33]


def test_missing_things_are_passed_by() -> None:
    assert run(known(maybe(js(None), "a"), "none"), known(maybe(js({"a": 5}), "a"), 1)) == ["none", 5]
    assert run(between(0, -4, 9), between(0, 14, 9), numbers(3, 6), numbers(6, 3)) == [0, 9, [3, 4, 5], []]


def test_what_is_made_once_is_shared() -> None:
    made = once("thing", name("Object").create(None))
    assert run(made == made) == [True]


def test_text_cannot_leave_its_quotes() -> None:
    nasty = "\"'`\\${x}</script>\n"
    assert run(js(nasty), js({nasty: nasty})) == [nasty, {nasty: nasty}]


def test_an_expression_has_no_truth_in_python() -> None:
    with pytest.raises(TypeError):
        bool(js(1) == 1)


def test_a_handler_may_set_what_nothing_has_drawn_yet() -> None:
    kept = Kept("spot", 4)
    assert run(do(kept.set(kept.now + 1), kept.now)) == [5]


def test_reflex_still_keeps_client_state_where_we_look_for_it() -> None:
    """The names of `Kept.now` and `Kept.set` are those that drawing the value makes."""
    kept = Kept("spot", 4)
    hooks = " ".join(kept.value._data.hooks)
    assert "refs['_client_state_spot'] ??=" in hooks
    assert "refs['_client_state_setSpot'] =" in hooks
    assert kept.now._text.startswith("(refs['_client_state_spot'] ??")
    assert "refs['_client_state_setSpot'] ??" in kept.set(1)._text


def test_reflex_still_keeps_a_states_values_where_we_look_for_them() -> None:
    """One expression reads every slot, by the name and suffix that the page's own context uses."""
    from shiftapp.ui.client import field, whole

    assert whole(GridState)._text == str(GridState.order).rpartition(".")[0]
    assert _text(field(GridState, "r007")) == f'{whole(GridState)._text}[("r007" + "_rx_state_")]'
    assert str(GridState.r007) == f"{whole(GridState)._text}.r007_rx_state_"
    _, contexts = compile_contexts(rx.State, None)
    assert '"r007_rx_state_"' in contexts or "r007_rx_state_" in contexts


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


def test_what_fills_a_text_is_written_as_it_is() -> None:
    assert run(phrase("“{note}”", {"note": "$& {x} $1 $$"})) == ["“$& {x} $1 $$”"]


def test_a_page_waits_ever_longer_between_half_and_all_of_a_pause() -> None:
    waits = [run(*[pause(js(failures))] * 5) for failures in (1, 2, 3, 10)]
    for found, most in zip(waits, (500, 1000, 2000, LONGEST), strict=True):
        assert all(most / 2 <= wait <= most for wait in found)
        assert len(set(found)) > 1


def test_the_pinned_reflex_is_given_that_pause_and_another_script_is_not_compiled() -> None:
    theirs = next(Path(reflex_base.__file__).parent.rglob("utils/state.js")).read_text(encoding="utf-8")
    assert theirs.count("200 * failed_attempts") == 1
    ours = with_pause(theirs)
    assert "200 * failed_attempts" not in ours
    assert "Math.random()" in ours
    assert with_pause(ours).count("Math.random()") == ours.count("Math.random()")
    with pytest.raises(RuntimeError):
        with_pause("setTimeout(connect, 200)")


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


def test_the_selection_is_the_rectangle_between_cursor_and_anchor() -> None:
    assert run(box({"row": 4, "column": 1}, {"row": 2, "column": 6})) == [
        {"top": 2, "left": 1, "bottom": 4, "right": 6}
    ]


def test_a_reflex_var_becomes_an_expression_and_back() -> None:
    assert isinstance(var(js(GridState.seq) + 1, int), Var)
    assert _text(js(GridState.seq) + 1) == f"({GridState.seq!s} + 1)"

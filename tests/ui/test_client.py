"""What we build for the browser is what it will run, and Reflex still has the names we rely on.

Expressions are run by the Node that builds the page, so a law is about what they do, not how they are written.
"""

from pathlib import Path

import pytest
import reflex as rx
import reflex_base
from reflex.compiler.compiler import compile_contexts
from reflex_base.vars.base import Var

from shiftapp.ui.client import Kept, once
from shiftapp.ui.components.sheet import box
from shiftapp.ui.js import Js, between, do, fn, js, known, let, maybe, name, numbers, put, var, when
from shiftapp.ui.retry import FIRST, LONGEST, STEADY, pause, with_pause
from shiftapp.ui.say import phrase
from shiftapp.ui.state.grid import GridState
from tests.ui.browser import run, text


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
    assert text(field(GridState, "r007")) == f'{whole(GridState)._text}[("r007" + "_rx_state_")]'
    assert str(GridState.r007) == f"{whole(GridState)._text}.r007_rx_state_"
    _, contexts = compile_contexts(rx.State, None)
    assert '"r007_rx_state_"' in contexts or "r007_rx_state_" in contexts


def test_what_fills_a_text_is_written_as_it_is() -> None:
    assert run(phrase("“{note}”", {"note": "$& {x} $1 $$"})) == ["“$& {x} $1 $$”"]


def test_a_page_waits_between_half_and_all_of_a_pause_that_grows_when_no_restart_takes_so_long() -> None:
    waits = [run(*[pause(js(failures))] * 5) for failures in (1, STEADY, STEADY + 1, STEADY + 2, STEADY + 20)]
    for found, most in zip(waits, (FIRST, FIRST, 2 * FIRST, 4 * FIRST, LONGEST), strict=True):
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


def test_the_selection_is_the_rectangle_between_cursor_and_anchor() -> None:
    assert run(box({"row": 4, "column": 1}, {"row": 2, "column": 6})) == [
        {"top": 2, "left": 1, "bottom": 4, "right": 6}
    ]


def test_a_reflex_var_becomes_an_expression_and_back() -> None:
    assert isinstance(var(js(GridState.seq) + 1, int), Var)
    assert text(js(GridState.seq) + 1) == f"({GridState.seq!s} + 1)"

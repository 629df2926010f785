"""How far a change reaches, in words: how many cells, whose and when."""

from typing import Any

from shiftapp.ui.components.heading import short_day
from shiftapp.ui.components.rows import days
from shiftapp.ui.js import Js, fn, js, known, let, maybe, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState


def cell_count(count: Js) -> Js:
    """Say how many cells."""
    return when(count == 1, word("undo.cell"), phrase(word("undo.cells"), {"count": count}))


def extent_words(told: Js) -> Js:
    """Say of how many cells, whose and when a change is: ``told`` is of `shiftapp.ui.state.extent`."""
    whose = js(GridState.people).find(fn(lambda one: one[0] == told.staff))
    names = when(told.people == 1, known(maybe(whose, "[1]"), "–"), phrase(word("extent.people"), {"n": told.people}))
    span = phrase(word("extent.span"), {"first": _date(told.first), "last": _date(told.last)})
    dates = when(told.first == told.last, _date(told.first), span)
    return phrase(word("extent"), {"cells": cell_count(told.cells), "whose": names, "when": dates})


def kind_words(kind: Any, run: Any) -> Js:
    """Name a kind of change."""
    return phrase(word(js("history.kind.") + kind), {"run": run})


def _date(iso: Js) -> Js:
    return let(days().find(fn(lambda day: day[0] == iso)), lambda day: when(day, short_day(day), iso))

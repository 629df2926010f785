"""Dates in words, in the reader's language."""

from typing import Any

from shiftapp.ui.js import Js, js, let, name, when
from shiftapp.ui.say import phrase, word


def dated(iso: Any) -> Js:
    """Write an ISO date as people say it; nothing where there is none."""

    def written(parts: Js) -> Js:
        return phrase(word("toolbar.date"), {"year": parts[0], "month": word(js("month.") + parts[1]), "day": parts[2]})

    return when(iso, let(js(iso).split("-").map(name("Number")), written), "")


def span(starts: Any, ends: Any) -> Js:
    """Write the dates from one to another."""
    return phrase(word("periods.span"), {"starts": dated(starts), "ends": dated(ends)})

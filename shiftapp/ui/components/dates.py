"""Dates in words, in the reader's language."""

from typing import Any

from shiftapp.ui.client import refs
from shiftapp.ui.js import MATH, Js, do, js, let, name, put, when
from shiftapp.ui.say import LANGUAGE, phrase, word

MINUTE = 60_000
"""Milliseconds for which a date holds: to ask the browser each time is dear, hundreds of times in a drawing."""


def today() -> Js:
    """Return the browser's own date in ISO form, looked up once a minute."""
    asked, found = refs("today_asked"), refs("today")
    look = name("new Date")().toLocaleDateString("sv")
    return let(
        MATH.floor(name("Date").now() / MINUTE),
        lambda minute: when(asked == minute, found, do(put(asked, minute), put(found, look))),
    )


def dated(iso: Any) -> Js:
    """Write an ISO date as people say it; nothing where there is none."""

    def written(parts: Js) -> Js:
        return phrase(word("toolbar.date"), {"year": parts[0], "month": word(js("month.") + parts[1]), "day": parts[2]})

    return when(iso, let(js(iso).split("-").map(name("Number")), written), "")


def span(starts: Any, ends: Any) -> Js:
    """Write the dates from one to another."""
    return phrase(word("periods.span"), {"starts": dated(starts), "ends": dated(ends)})


def moment(at: Js) -> Js:
    """Return a time of day, after the date where that is not today; ``at`` in milliseconds since 1970."""
    clock = {"hour": "numeric", "minute": "2-digit"}
    dated = {"month": "short", "day": "numeric", **clock}
    date = name("new Date")
    same = let(date(at), lambda then: then.toDateString() == date().toDateString())
    return date(at).toLocaleString(LANGUAGE.value, when(same, clock, dated))

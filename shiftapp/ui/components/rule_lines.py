"""One line that sums up the numbers of a rule that a team switches on as it needs it."""

from collections.abc import Callable
from typing import Any, Final

from shiftapp.domain.shift_type import STAFF_TYPES
from shiftapp.ui.components.rule_numbers import Team
from shiftapp.ui.js import Js, fn, js, known, name, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.rule_fields import HALVES, HOURS, ONES


def summed_up(kind: str, numbers: Js, symbols: Js, team: Team) -> Js:
    """Return the line, as an expression."""
    return LINES[kind](numbers, _Words(symbols, team))


def span(limits: Any, unit: Any) -> Js:
    """Write limits as ``2–5``, ``≥ 2``, ``≤ 5`` or in words where there are none."""
    found = known(limits, js({}))
    low, high = known(found.minimum, -1), known(found.maximum, -1)
    shown = when(low == high, _text(low / unit), _text(low / unit) + "–" + high / unit)
    one = when(high < 0, js("≥ ") + low / unit, when(low < 0, js("≤ ") + high / unit, shown))
    return when((low < 0) & (high < 0), word("form.any"), one)


class _Words:
    """What ids and kinds are called."""

    def __init__(self, symbols: Js, team: Team) -> None:
        self._symbols, self._team = symbols, team

    def shifts(self, named: Any) -> Js:
        """Return the symbols of kinds and shift types."""
        types = js(self._team.shifts)

        def symbol(one: Js) -> Js:
            own = types.filter(fn(lambda shift: shift[0] == name("String")(one))).map(fn(lambda shift: shift[1]))
            return known(self._symbols[one], known(own[0], "?"))

        return known(named, js([])).map(fn(symbol)).join("")

    def people(self, ids: Any) -> Js:
        """Return the names of staff members."""
        chosen = known(ids, js([]))
        found = js(self._team.staff).filter(fn(lambda one: chosen.includes(name("Number")(one[0]))))
        return found.map(fn(lambda one: one[1])).join(word("form.and"))


def _text(number: Any) -> Js:
    return name("String")(number)


def _unit(numbers: Js) -> Js:
    return when(numbers.count == "days_off", HALVES, when(numbers.count == "minutes", HOURS, ONES))


def _rolling(numbers: Js, words: _Words) -> Js:
    counted = word(js("rules.rolling_limits.count.") + numbers.count)
    given = {"limits": span(numbers.limits, _unit(numbers)), "window": _text(numbers.window), "count": counted}
    return phrase(word("rules.rolling_limits.summary"), given)


def _by_type(numbers: Js, words: _Words) -> Js:
    limits = known(numbers.by_staff_type, js({}))
    present = js(list(STAFF_TYPES)).filter(fn(lambda kind: known(limits[kind], None) != None))  # noqa: E711
    shown = present.map(fn(lambda kind: word(js("form.type.") + kind) + " ≤ " + limits[kind] / HALVES))
    return shown.join(" · ")


def _coverage(numbers: Js, words: _Words) -> Js:
    skill = when(known(numbers.skill, "") == "", "", js(" ") + known(numbers.skill, ""))
    own = known(numbers.by_weekday, js({}))
    days = name("Object").keys(own)
    rest = days.map(fn(lambda day: js(" · ") + word(js("weekday.") + day) + " " + span(own[day], ONES))).join("")
    return words.shifts(numbers.shifts) + skill + " " + span(numbers.every_day, ONES) + rest


def _hours(numbers: Js, words: _Words) -> Js:
    contract = when(numbers.contracted, js(" · ") + word("rules.hours.contracted_short"), "")
    return word(js("rules.hours.span.") + numbers.span) + " " + span(numbers.everyone, HOURS) + contract


def _pair(numbers: Js, words: _Words) -> Js:
    way = when(numbers.together, word("rules.pair.together.together"), word("rules.pair.together.apart"))
    named = words.people(numbers.staff)
    return when(named == "", word("rules.pair.nobody"), named + " · " + way)


def _weekends(numbers: Js, words: _Words) -> Js:
    most = phrase(word("rules.weekends.summary"), {"maximum": _text(known(numbers.maximum, 0))})
    whole = when(numbers.whole, word("rules.weekends.whole_short"), "")
    return js([when(known(numbers.maximum, -1) < 0, "", most), whole]).filter(name("Boolean")).join(" · ")


def _worded(kind: str, *fields: str, unit: int = ONES) -> Callable[[Js, _Words], Js]:
    """Fill the text ``rules.{kind}.summary`` with some of the numbers."""

    def line(numbers: Js, words: _Words) -> Js:
        given = {field: _text(known(numbers[field], 0) / unit) for field in fields}
        shifts = {field: words.shifts(numbers[field]) for field in ("shifts", "away", "working")}
        return phrase(word(f"rules.{kind}.summary"), {**shifts, **given})

    return line


LINES: Final[dict[str, Callable[[Js, _Words], Js]]] = {
    "rolling_limits": _rolling,
    "minimum_rest": _worded("minimum_rest", "minutes", unit=HOURS),
    "staff_type_limits": _by_type,
    "coverage": _coverage,
    "backup_cover": _worded("backup_cover"),
    "after_closure": _worded("after_closure", "length", "days"),
    "weekends": _weekends,
    "run_lengths": lambda numbers, words: phrase(
        word("rules.run_lengths.summary"), {"shifts": words.shifts(numbers.shifts), "limits": span(numbers, ONES)}
    ),
    "hours": _hours,
    "pair": _pair,
    "fairness": _worded("fairness", "limit"),
    "minimum_change": lambda numbers, words: words.shifts(numbers.shifts),
}

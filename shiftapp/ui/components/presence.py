"""Who else is here: avatars beside the period, a frame around the cell each is at, and following somebody."""

import reflex as rx

from shiftapp.ui.client import Kept, event, send
from shiftapp.ui.components.phone import DAY, PRESSED, bring, day_now, has_cards
from shiftapp.ui.components.rows import days, order, person
from shiftapp.ui.components.sheet import CURSOR, reveal
from shiftapp.ui.js import DOCUMENT, Js, fn, js, known, let, maybe, name, put, var, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState
from shiftapp.ui.state.presence import PresenceState
from shiftapp.ui.theme import CELL, ROW

FOLLOWED = Kept("followed", "")
"""User id of the colleague whose cell this page keeps in sight."""
SETTLED = 60
"""Milliseconds that the cursor stands still before the others are told."""

NAMED = 6_000
"""Milliseconds for which a frame bears its name after a move."""

ID, NAME, INITIALS, COLOUR, STAFF, DATE = range(6)


def others() -> Js:
    """List everybody here but oneself."""
    at = js(PresenceState.at).split("|")
    placed = fn(lambda one, place: one.concat(known(at[place], "0 ").split(" ")))
    return js(PresenceState.here).map(placed).filter(fn(lambda one: one[ID] != name("String")(GridState.me)))


def avatars() -> rx.Component:
    """Draw who else is here; pressing one follows them."""
    more = js(PresenceState.count) - 1 - others().length
    return rx.cond(
        var(others().length > 0, bool),
        rx.el.div(
            rx.el.ul(
                rx.foreach(var(others(), list[list[str]]), lambda one: _avatar(js(one))),
                custom_attrs={"aria-label": var(word("presence.label"))},
            ),
            rx.cond(var(more > 0, bool), rx.el.span(var(js("+") + more), class_name="more")),
            _following(),
            class_name="people-here",
        ),
    )


def _avatar(one: Js) -> rx.Component:
    followed = FOLLOWED.value == one[ID]
    says = phrase(when(followed, word("presence.unfollow"), word("presence.follow")), {"who": one[NAME]})
    return rx.el.li(
        rx.el.button(
            var(one[INITIALS]),
            type="button",
            class_name=var(js("avatar p") + one[COLOUR] + when(followed, " followed", "")),
            custom_attrs={
                "aria-label": var(says),
                "title": var(says),
                "aria-pressed": var(followed, bool),
                "onClick": event(fn(lambda: FOLLOWED.set(when(FOLLOWED.now == one[ID], "", one[ID])))),
            },
        ),
        key=var(one[ID]),
    )


def _following() -> rx.Component:
    """Say in words whom the page follows."""
    whom = others().find(fn(lambda one: one[ID] == FOLLOWED.value))
    return rx.el.span(
        var(let(whom, lambda one: when(one, phrase(word("presence.following"), {"who": maybe(one, "[1]")}), ""))),
        class_name="following",
        custom_attrs={"role": "status"},
    )


def at_cell(row: Js, column: Js) -> Js:
    """List the others at a cell: colour and name."""
    here = fn(
        lambda one: (one[STAFF] == known(maybe(person(row), "[0]"), "")) & (one[DATE] == maybe(days()[column], "[0]"))
    )
    return others().filter(here).map(fn(lambda one: js([one[COLOUR], one[NAME]])))


def unfollow() -> Js:
    """Follow nobody any more: one moved oneself."""
    return when(FOLLOWED.now != "", FOLLOWED.set(""))


def row_of(one: Js) -> Js:
    """Return the row somebody is at; −1 where this page has no such row."""
    return order().findIndex(fn(lambda _, at: known(maybe(person(at), "[0]"), "") == one[STAFF]))


def column_of(one: Js) -> Js:
    """Return the column somebody is at; −1 where this page has no such date."""
    return days().findIndex(fn(lambda day: day[0] == one[DATE]))


def frames() -> rx.Component:
    """Draw a frame with a name around each colleague's cell: above the rows, none of which is drawn again.

    Of two at one cell the second one's name stands below it.
    """
    placed = (
        others()
        .map(fn(lambda one: js([one[ID], one[NAME], one[COLOUR], row_of(one), column_of(one)])))
        .filter(fn(lambda one: (one[3] >= 0) & (one[4] >= 0)))
    )

    def crowded(one: Js, at: Js, everyone: Js) -> Js:
        same = fn(lambda other: (other[3] == one[3]) & (other[4] == one[4]))
        before = everyone.slice(0, at).filter(same).length
        return one.concat([(one[3] == 0) | (before % 2 == 1)])

    return rx.el.div(
        rx.foreach(var(placed.map(fn(crowded)), list[list[str]]), lambda one: _frame(js(one))),
        class_name="frames",
        custom_attrs={"aria-hidden": True},
    )


def _frame(one: Js) -> rx.Component:
    place, last = one.join("/"), one[4] >= days().length - 3
    return rx.el.div(
        rx.el.span(var(one[1])),
        on_show(place=var(place), hidden=True),
        class_name=var(js("frame p") + one[2] + when(one[5], " below", "") + when(last, " end", "")),
        custom_attrs={"style": var({"top": one[3] * ROW, "left": one[4] * CELL}, dict), "data-place": var(place)},
        key=var(place),
    )


@rx.memo
def on_show(place: rx.Var[str], rest: rx.RestProp) -> rx.Component:
    """Take the name off a frame after a while, for it lies over a cell; a frame elsewhere is another one.

    By a clock: what fades has the browser draw the grid sixty times a second.
    """
    tag = DOCUMENT.querySelector(js('.frame[data-place="') + name("CSS").escape(place) + '"] span')
    take_off = fn(lambda: let(tag, lambda shown: when(shown, put(shown.hidden, True))))
    wait = name("setTimeout")(take_off, NAMED)
    return rx.el.i(rest, on_mount=event(fn(lambda: wait)))


@rx.memo
def on_cell(rest: rx.RestProp) -> rx.Component:
    """Tell the others once where one is: give it a key that is new with every cell.

    With cards that is the card pressed last on the day that is shown, and nowhere before one was.
    """
    at = CURSOR.now

    def tell(staff: Js, day: Js) -> Js:
        asked = var({"staff_id": name("Number")(staff), "day": day}, dict)
        return when(staff & day, send(PresenceState.look(asked).debounce(SETTLED)))

    cursor = known(maybe(person(at.row), "[0]"), "")
    card = when(has_cards(), js([PRESSED.now, day_now()]), js([cursor, at.column]))
    there = let(card, lambda cell: tell(cell[0], maybe(days()[cell[1]], "[0]")))
    return rx.el.span(rest, on_mount=event(fn(lambda: there)))


@rx.memo
def on_own_move(rest: rx.RestProp) -> rx.Component:
    """Follow nobody any more once one moves oneself: give it a key that is new with every cell."""
    return rx.el.span(rest, on_mount=event(fn(unfollow)))


@rx.memo
def on_their_move(row: rx.Var[int], column: rx.Var[int], rest: rx.RestProp) -> rx.Component:
    """Bring the followed cell into sight once: give it a key that is new with every move."""
    show = when(has_cards(), bring(js(row), js(column)), reveal(js(row), js(column)))
    return rx.el.span(rest, on_mount=event(fn(lambda: when(js(row) >= 0, show))))


def presence_keeper() -> rx.Component:
    """Draw nothing, but tell where one is while somebody else is here, and keep whom one follows in sight."""
    cell = CURSOR.value.row + "/" + CURSOR.value.column
    card = PRESSED.value + "/" + DAY.value
    whom = others().find(fn(lambda one: one[ID] == FOLLOWED.value))
    where = let(whom, lambda one: when(one, js([row_of(one), column_of(one)]), js([-1, -1])))
    return rx.el.div(
        rx.cond(
            var((js(PresenceState.count) > 1) & (order().length > 0), bool),
            on_cell(key=var(js("at") + GridState.line + "/" + GridState.period + "/" + cell + "/" + card)),
        ),
        on_own_move(key=var(js("own") + cell)),
        on_their_move(
            row=var(where[0], int), column=var(where[1], int), key=var(js("their") + FOLLOWED.value + where.join("/"))
        ),
        on_unmount=event(fn(lambda: send(PresenceState.away()))),
        custom_attrs={"hidden": True},
    )

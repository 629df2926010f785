"""Edits that are not decided yet: kept by the page and in the browser's storage, and sent again on every new line.

An edit leaves the queue when it is answered; none is while the server cannot reach its database. Each lies in the
storage under a key of its own, which sorts by the time it was typed: pages of one person share the storage without a
lock, and whichever has a line sends what another left. Its id makes it harmless that two of them send it.
"""

import reflex as rx

from shiftapp.ui.client import Kept, event, refs, send
from shiftapp.ui.components.connection import away
from shiftapp.ui.components.rows import PAINTED, days, decided, order, person, shifts
from shiftapp.ui.js import MATH, WINDOW, Js, do, fn, js, known, let, maybe, name, put, var, when
from shiftapp.ui.remember import JSON, Remembered
from shiftapp.ui.retry import pause
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import EMPTY, LEAVE, GridState

PREFIX = "shiftapp.edit."
QUEUED = Kept("queued", [])
"""Edits in the order they were typed: ``key`` in the storage, ``number`` on this page, and ``asked`` of the server."""
REFUSED = Remembered("refused", [])
"""Edits that were refused, until somebody has read of them: by ``me``, ``asked`` of the server, and ``why`` not."""
AGAIN = Kept("again", "")
"""The line on which the queue is sent again, once the pause after a failure is over."""
TAKEN = "linetaken"
"""Slot of the line on which the queue was sent last: what is typed before the next turn must not overtake it."""


def stored() -> Js:
    """List the keys of all edits in the storage, whoever typed them."""
    return name("Object").keys(WINDOW.localStorage).filter(fn(lambda key: key.startsWith(PREFIX)))


def edits_waiting(class_name: str = "edits-waiting") -> rx.Component:
    """Say how many edits are not decided."""
    count = QUEUED.value.filter(fn(lambda one: one.number > decided())).length
    words = when(count == 1, word("connection.waiting.one"), phrase(word("connection.waiting"), {"count": count}))
    why = when(js(GridState.failures) > 0, js(" · ") + word("connection.not_saved"), "")
    return rx.cond(var(count > 0, bool), rx.el.span(var(words + why), class_name=class_name))


def next_number() -> Js:
    """Return the number of this page's next edit."""
    return MATH.max(decided(), known(maybe(QUEUED.now.at(-1), "number"), 0)) + 1


def enqueue(asked: Js, number: Js, paint: Js) -> Js:
    """Queue an edit, paint it, and send it where there is a line.

    The storage comes last: where it is full or forbidden, only a reload before the answer would lose the edit.
    """
    time = name("String")(name("Date").now()).padStart(15, "0") + "." + name("String")(number).padStart(9, "0")

    def queue(given: Js) -> Js:
        entry = js({"key": _mine() + time + "." + given.edit_id, "number": number, "asked": given})
        return let(entry, keep)

    def keep(entry: Js) -> Js:
        return do(
            QUEUED.set(QUEUED.now.concat([entry])),
            paint,
            when(away(), None, _deliver(entry)),
            WINDOW.localStorage.setItem(entry.key, JSON.stringify(entry.asked)),
        )

    return let(asked, queue)


def take_up() -> Js:
    """Number anew what waits here and what an earlier visit left, paint it, and send it in the order it was typed."""

    def left(held: Js) -> Js:
        new = fn(lambda key: key.startsWith(_mine()) & ~held.some(fn(lambda one: one.key == key)))
        entry = fn(lambda key: {"key": key, "asked": JSON.parse(WINDOW.localStorage.getItem(key))})
        return held.concat(stored().filter(new).map(entry)).sort(fn(lambda a, b: when(a.key < b.key, -1, 1)))

    def numbered(found: Js, first: Js) -> Js:
        return found.map(fn(lambda one, at: {"key": one.key, "asked": one.asked, "number": first + at}))

    def begin(queue: Js) -> Js:
        here = queue.filter(fn(lambda one: one.asked.period_id == GridState.period))
        paint = PAINTED.set(here.flatMap(fn(_strips)))
        return do(QUEUED.set(queue), paint, put(refs(TAKEN), GridState.line), queue.forEach(fn(_deliver)))

    held = QUEUED.now.filter(fn(lambda one: one.number > decided()))
    return let(let(held, left), next_number(), lambda found, first: let(numbered(found, first), begin))


def settle() -> Js:
    """Forget what is decided, but for what was refused: that is told."""
    answered = QUEUED.now.filter(fn(lambda one: one.number <= decided()))
    forget = fn(lambda one: WINDOW.localStorage.removeItem(one.key))
    rest = QUEUED.now.filter(fn(lambda one: one.number > decided()))

    def refused(one: Js) -> Js:
        return js(GridState.refused).find(fn(lambda why: why.edit_id == one.asked.edit_id))

    told = fn(lambda one: {"me": GridState.me, "asked": one.asked, "why": refused(one)})

    def tell(found: Js) -> Js:
        # what another page of this browser has to tell is kept, too
        return when(found.length > 0, do(REFUSED.recall(), REFUSED.keep(REFUSED.now.concat(found))))

    return let(
        answered,
        lambda done: when(
            done.length > 0,
            do(done.forEach(forget), QUEUED.set(rest), let(done.filter(fn(refused)).map(told), tell)),
        ),
    )


@rx.memo
def on_line(rest: rx.RestProp) -> rx.Component:
    """Take the queue up once: give it a key that is new with every line."""
    return rx.el.span(rest, on_mount=event(fn(lambda: do(REFUSED.recall(), take_up()))))


@rx.memo
def on_failure(rest: rx.RestProp) -> rx.Component:
    """Have the queue taken up after a pause: give it a key that is new with every failure."""
    line = js(GridState.line)
    wait = name("setTimeout")(fn(lambda: AGAIN.set(line)), pause(js(GridState.failures)))
    return rx.el.span(rest, on_mount=event(fn(lambda: wait)))


@rx.memo
def on_answer(rest: rx.RestProp) -> rx.Component:
    """Forget what is decided once: give it a key that is new with every answer."""
    return rx.el.span(rest, on_mount=event(fn(settle)))


def queue_keeper() -> rx.Component:
    """Draw nothing, but take up the queue on every new line and forget with every answer."""
    line = js(GridState.line)
    failed = (js(GridState.failures) > 0) & (AGAIN.value != line)
    return rx.el.div(
        rx.cond(
            var(line != "", bool),
            rx.cond(
                var(failed, bool),
                on_failure(key=var(js("failed") + line)),
                on_line(key=var(line + "/" + GridState.period)),
            ),
        ),
        on_answer(key=var(js("answer") + GridState.ack)),
        custom_attrs={"hidden": True},
    )


def _mine() -> Js:
    return js(PREFIX) + GridState.me + "."


def _deliver(one: Js) -> Js:
    asked = name("Object").assign({}, one.asked, {"number": one.number, "line": refs(TAKEN)})
    return send(GridState.edit(var(asked, dict)))


def _strips(one: Js) -> Js:
    """Return what an edit paints: its rows and letters may be others by now."""
    asked = one.asked

    def again(mark: Js) -> Js:
        same = fn(lambda shift: name("Number")(shift[1]) == asked.types[mark])
        return when((mark == EMPTY) | (mark == LEAVE), mark, known(maybe(shifts().find(same), "[0]"), LEAVE))

    def place(strip: Js) -> Js:
        row = order().findIndex(fn(lambda _, at: name("Number")(person(at)[0]) == strip.staff_id))
        column = days().findIndex(fn(lambda day: day[0] == strip.day))
        letters = name("Array").from_(strip.letters, fn(again)).join("")
        return js([one.number, row, column, letters, asked.pin, asked.note])

    return asked.strips.map(fn(place)).filter(fn(lambda strip: (strip[1] >= 0) & (strip[2] >= 0)))

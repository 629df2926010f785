"""The strip above the grid while a run works, and until its roster is applied or put away."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import Kept, event, refs, send
from shiftapp.ui.components.clash_open import why_button
from shiftapp.ui.components.proof_words import bounding, cost_words, proof_words, proving
from shiftapp.ui.components.run_words import busy, comparing, covered, explained, explaining
from shiftapp.ui.components.sheet import focus
from shiftapp.ui.js import MATH, Js, between, do, fn, js, known, let, name, put, var, when
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.answer import AnswerState
from shiftapp.ui.state.run import RunState
from shiftapp.ui.state.toolbar import ToolbarState

WIDE, HIGH = 96, 28
TICK = 500
CLOCK = Kept("clock", 0)
SHOWN = ["queued", "running", "finished", "failed", "cancelled"]


def run_is_shown() -> Any:
    """Say whether there is a run to follow, or to decide about."""
    return var(js(SHOWN).includes(RunState.status), bool)


def run_strip() -> rx.Component:
    """Draw the strip: every part has its place from the first second to the last."""
    told = when(js(RunState.error) != "", " told", when(proving(), " proved", ""))
    curve = rx.cond(var(js(RunState.kind) == "generate", bool), _curve())
    return rx.el.section(
        _words(),
        rx.cond(var(_has(RunState.cost) | busy(), bool), rx.fragment(curve, _figures())),
        _commands(),
        class_name=var(js("run run-") + RunState.status + " for-" + RunState.kind + told),
        on_mount=event(fn(_start_clock)),
        on_unmount=event(fn(lambda: name("clearInterval")(refs("ticking")))),
        custom_attrs={"aria-label": var(word("run.label")), "data-status": RunState.status},
    )


def _words() -> rx.Component:
    who = phrase(word("run.by"), {"who": RunState.who})
    return rx.el.div(
        rx.el.span(var(state_words()), class_name="run-state", custom_attrs={"role": "status"}),
        rx.el.span(var(who), class_name="run-who", custom_attrs={"title": var(who)}),
        rx.el.span(*proof_words(note_words()), class_name="gap-words"),
        class_name="run-words",
    )


def _has(figure: Any) -> Js:
    return js(figure) >= 0


def _several() -> Js:
    """Say whether there is something to compare with."""
    return comparing() & (js(AnswerState.others).length > 1)


def state_words() -> Js:
    """Say how the run is doing."""
    status = js(RunState.status)
    ended = (status == "finished") & (js(RunState.outcome) != "")
    plain = when(ended, word(js("outcome.") + RunState.outcome), word(js("run.") + status))
    near = when(
        proving() & (js(RunState.gap) > 0) & (js(RunState.proof) != ""), phrase(word("run.near"), _above()), plain
    )
    found = when(covered() & ~_has(RunState.cost), word("repair.found"), near)
    found = when(comparing(), when(_several(), word("others.found"), word("others.only")), found)
    searching = when(explaining(), word("run.explaining"), found)
    failed = when(explained() & (status == "failed"), word("run.clash"), searching)
    return when(busy() & RunState.finishing, word("run.finishing"), failed)


def note_words() -> Js:
    """Say what went wrong; else what it waits for, how far from the best possible it can be at most, what is proved."""
    status = js(RunState.status)
    why = phrase(known(word(RunState.error), word("run.crashed")), RunState.error_args)
    still = when(status == "queued", word("run.waits"), when(status == "cancelled", word("run.unchanged"), gap_words()))
    still = when(proving(), cost_words(), when(explained() & (status == "finished"), word("clash.way"), still))
    told = when(explained() & (status == "failed") & (js(RunState.kind) == "generate"), word("run.explained"), why)
    still = when(covered() & ~_has(RunState.cost), word("repair.pick"), when(_several(), word("others.pick"), still))
    return when(explaining(), word("run.explained"), when(js(RunState.error) != "", told, still))


def gap_words() -> Js:
    """Say in words how far from the best possible the roster can be at most."""
    near = when(js(RunState.gap) == 0, word("run.best"), phrase(word("run.gap"), _above()))
    first = when(js(RunState.status) == "running", word("run.first"), "")
    known = (js(RunState.bound) > 0) | (js(RunState.cost) == 0)
    return when(_has(RunState.cost), when(known, near, ""), first)


def _above() -> dict[str, Js]:
    """Return what the best possible may save at most, in points and as a share of the roster's cost."""
    more = js(RunState.cost) - MATH.max(RunState.bound, 0)
    return {"more": more, "share": MATH.ceil(more * 100 / RunState.cost)}


def _start_clock() -> Js:
    tick = fn(lambda: CLOCK.set(name("Date").now()))
    return do(tick(), put(refs("ticking"), name("setInterval")(tick, TICK)))


def ahead_of_us() -> Js:
    """Return by how many milliseconds the server's clock is ahead: found when it told its time."""
    told = js(RunState.clock)
    found = do(put(refs("clocktold"), told), put(refs("clockahead"), told - name("Date").now()))
    return when(told == 0, 0, when(refs("clocktold") == told, refs("clockahead"), found))


def spent() -> Js:
    """Return the seconds since a worker took the run, by the server's clock."""
    until = when(js(RunState.finished_at) > 0, RunState.finished_at, CLOCK.value + ahead_of_us())
    return when(js(RunState.started_at) > 0, between(0, (until - RunState.started_at) / 1000, RunState.seconds), 0)


def _figures() -> rx.Component:
    elapsed = phrase(word("run.seconds"), {"spent": MATH.floor(spent()), "limit": RunState.seconds})
    return rx.el.dl(
        rx.cond(var(js(RunState.hard) > 0, bool), _figure("run.hard", RunState.hard, "hard")),
        _figure("run.changed", when(_has(RunState.cost), RunState.changed, "–"), "changes"),
        _figure("run.elapsed", elapsed, "elapsed"),
        _figure("run.score", when(_has(RunState.cost), RunState.cost, "–"), "score"),
        rx.cond(
            var(bounding(), bool),  # a repair and alternatives prove none, and none is proved of a way out
            _figure("run.bound", when(_has(RunState.bound), RunState.bound, "–"), "bound"),
        ),
    )


def _figure(key: str, value: Any, which: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(say(k=key)), rx.el.dd(var(value), custom_attrs={"data-figure": which}), class_name=f"figure {which}"
    )


def _curve() -> rx.Component:
    """Draw the best score falling, and the bound rising to meet it."""
    return rx.el.svg(
        rx.el.path(d=var(points(2)), class_name="bound-line"),
        rx.el.path(d=var(points(1)), class_name="score-line"),
        custom_attrs={"viewBox": f"0 0 {WIDE} {HIGH}", "aria-hidden": True, "preserveAspectRatio": "none"},
        class_name="curve",
    )


def points(which: int) -> Js:
    """Return the corners of a falling or rising line: each value holds until the next.

    Heights are square roots: the first roster costs many times the last, and the end is what matters.
    """
    curve = js(RunState.points)
    highest = curve.reduce(fn(lambda top, point: MATH.max(top, point[1])), 1)
    limit = MATH.max(when(js(RunState.finished_at) > 0, spent(), RunState.seconds), 1)

    def corner(x: Any, value: Js) -> Js:
        return MATH.min(js(x) / limit, 1) * WIDE + "," + (js(HIGH - 2) - MATH.sqrt(value / highest) * (HIGH - 4))

    def steps(line: Js) -> Js:
        flat = line.flatMap(
            fn(
                lambda point, i: [
                    corner(point[0], line[MATH.max(i - 1, 0)][which]),
                    corner(point[0], point[which]),
                ]
            )
        )
        # the page's clock ticks: what was just told may be later than it
        end = corner(MATH.max(spent(), line.at(-1)[0]), line.at(-1)[which])
        return when(line.length > 0, js("M") + flat.concat([end]).join("L"), "")

    return let(curve.filter(fn(lambda point: point[which] >= 0)), steps)


def _commands() -> rx.Component:
    named = var({"run_id": RunState.run_id}, dict)
    ready = (js(RunState.status) == "finished") & _has(RunState.cost)
    return rx.el.div(
        rx.cond(var(explained() | covered() | comparing(), bool), why_button()),
        rx.cond(
            var(js(ToolbarState.may_generate), bool),
            _commands_of(named, ready),
            rx.fragment(),
        ),
        class_name="commands",
    )


def _commands_of(named: Any, ready: Js) -> rx.Component:
    return rx.fragment(
        rx.cond(
            var(busy(), bool),
            rx.fragment(
                rx.cond(
                    var(js(RunState.kind) == "generate", bool),
                    _button("run.finish", RunState.finish(named), ~_has(RunState.cost) | RunState.finishing),
                ),
                _button("run.cancel", RunState.cancel(named)),
            ),
            rx.cond(
                var(ready, bool),
                rx.fragment(
                    _button("run.apply", RunState.apply(named), kind="primary"),
                    _button("run.discard", RunState.discard(named)),
                ),
                _button("run.close", RunState.discard(named)),
            ),
        ),
    )


def _button(key: str, spec: Any, disabled: Any = False, kind: str = "") -> rx.Component:
    """Draw a command; the grid gets the keyboard, for the button is about to go."""
    return rx.el.button(
        say(k=key),
        type="button",
        class_name=kind,
        disabled=var(js(disabled), bool),
        custom_attrs={"onClick": event(fn(lambda: do(focus(), send(spec)))), "data-command": key},
    )

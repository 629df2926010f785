"""The strip above the grid while a run works, and until its roster is applied or put away."""

from typing import Any

import reflex as rx

from shiftapp.ui.client import (
    MATH,
    Js,
    Kept,
    between,
    do,
    event,
    fn,
    js,
    known,
    let,
    name,
    put,
    refs,
    send,
    var,
    when,
)
from shiftapp.ui.say import phrase, say, word
from shiftapp.ui.state.run import RunState

WIDE, HIGH = 140, 28
TICK = 500
CLOCK = Kept("clock", 0)
SHOWN = ["queued", "running", "finished", "failed", "cancelled"]


def run_is_shown() -> Any:
    """Say whether there is a run to follow, or to decide about."""
    return var(js(SHOWN).includes(RunState.status), bool)


def busy() -> Js:
    """Say whether a run is waiting or searching."""
    return js(["queued", "running"]).includes(RunState.status)


def run_strip() -> rx.Component:
    """Draw the strip."""
    return rx.el.section(
        rx.el.span(var(state_words()), class_name="run-state", custom_attrs={"role": "status"}),
        rx.el.span(var(when(busy(), phrase(word("run.by"), {"who": RunState.who}), "")), class_name="run-who"),
        rx.cond(var(_has(RunState.cost) | busy(), bool), rx.fragment(_figures(), _curve(), _gap())),
        rx.el.div(class_name="gap"),
        _commands(),
        class_name=var(js("run run-") + RunState.status),
        on_mount=event(fn(_start_clock)),
        on_unmount=event(fn(lambda: name("clearInterval")(refs("ticking")))),
        custom_attrs={"aria-label": var(word("run.label")), "data-status": RunState.status},
    )


def _gap() -> rx.Component:
    return rx.el.span(var(gap_words()), class_name="gap-words")


def _has(figure: Any) -> Js:
    return js(figure) >= 0


def state_words() -> Js:
    """Say how the run is doing, and why it failed where it did."""
    status = js(RunState.status)
    why = phrase(known(word(RunState.error), word("run.failed")), RunState.error_args)
    ended = (status == "finished") & (js(RunState.outcome) != "")
    plain = when(ended, word(js("outcome.") + RunState.outcome), word(js("run.") + status))
    return when(status == "failed", why, when(busy() & RunState.finishing, word("run.finishing"), plain))


def _start_clock() -> Js:
    tick = fn(lambda: CLOCK.set(name("Date").now()))
    return do(tick(), put(refs("ticking"), name("setInterval")(tick, TICK)))


def spent() -> Js:
    """Return the seconds since a worker took the run: by this browser's clock while it works."""
    until = when(js(RunState.finished_at) > 0, RunState.finished_at, CLOCK.value)
    return when(js(RunState.started_at) > 0, between(0, (until - RunState.started_at) / 1000, RunState.seconds), 0)


def _figures() -> rx.Component:
    elapsed = phrase(word("run.seconds"), {"spent": MATH.floor(spent()), "limit": RunState.seconds})
    return rx.el.dl(
        _figure("run.elapsed", elapsed, "elapsed"),
        _figure("run.score", when(_has(RunState.cost), RunState.cost, "–"), "score"),
        _figure("run.bound", when(_has(RunState.bound), RunState.bound, "–"), "bound"),
    )


def _figure(key: str, value: Any, which: str) -> rx.Component:
    return rx.el.div(rx.el.dt(say(k=key)), rx.el.dd(var(value), custom_attrs={"data-figure": which}))


def gap_words() -> Js:
    """Say in words how far from the best possible the roster can be at most."""
    share = MATH.ceil(js(100) * RunState.gap)
    near = phrase(word("run.gap"), {"share": share})
    return when(_has(RunState.gap) & _has(RunState.cost), when(js(RunState.gap) == 0, word("run.best"), near), "")


def _curve() -> rx.Component:
    """Draw the best score falling, and the bound rising to meet it."""
    return rx.el.svg(
        rx.el.path(d=var(points(2)), class_name="bound-line"),
        rx.el.path(d=var(points(1)), class_name="score-line"),
        custom_attrs={"viewBox": f"0 0 {WIDE} {HIGH}", "aria-hidden": True, "preserveAspectRatio": "none"},
        class_name="curve",
    )


def points(which: int) -> Js:
    """Return the corners of a falling or rising line: each value holds until the next."""
    curve = js(RunState.points)
    highest = curve.reduce(fn(lambda top, point: MATH.max(top, point[1])), 1)
    limit = MATH.max(RunState.seconds, 1)

    def corner(x: Any, value: Js) -> Js:
        return MATH.min(js(x) / limit, 1) * WIDE + "," + (js(HIGH - 2) - value / highest * (HIGH - 4))

    def steps(line: Js) -> Js:
        flat = line.flatMap(
            fn(
                lambda point, i: [
                    corner(point[0], line[MATH.max(i - 1, 0)][which]),
                    corner(point[0], point[which]),
                ]
            )
        )
        return when(line.length > 0, js("M") + flat.concat([corner(spent(), line.at(-1)[which])]).join("L"), "")

    return let(curve.filter(fn(lambda point: point[which] >= 0)), steps)


def _commands() -> rx.Component:
    named = var({"run_id": RunState.run_id}, dict)
    ready = (js(RunState.status) == "finished") & _has(RunState.cost)
    return rx.el.div(
        rx.cond(
            var(busy(), bool),
            rx.fragment(
                _button("run.finish", RunState.finish(named), ~_has(RunState.cost) | RunState.finishing),
                _button("run.cancel", RunState.cancel(named)),
            ),
            rx.cond(
                var(ready, bool),
                rx.fragment(
                    rx.el.span(var(phrase(word("run.changes"), {"count": RunState.changed})), class_name="changes"),
                    _button("run.apply", RunState.apply(named), kind="primary"),
                    _button("run.discard", RunState.discard(named)),
                ),
                _button("run.close", RunState.discard(named)),
            ),
        ),
        class_name="commands",
    )


def _button(key: str, spec: Any, disabled: Any = False, kind: str = "") -> rx.Component:
    return rx.el.button(
        say(k=key),
        type="button",
        class_name=kind,
        disabled=var(js(disabled), bool),
        custom_attrs={"onClick": event(fn(lambda: send(spec))), "data-command": key},
    )
